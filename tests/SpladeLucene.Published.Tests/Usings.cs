global using SpladeLucene.Reindexing;
global using SpladeLucene.Reindexing.Tests.Comparing;
global using SpladeLucene.Reindexing.Tests.Legacy;
global using SpladeLucene.Reindexing.Tests.Migrating;
global using SpladeLucene.Reindexing.Tests.Scoring;
global using SpladeLucene.Reindexing.Tests.Support;

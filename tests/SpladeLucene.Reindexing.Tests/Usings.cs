global using SpladeLucene.Reindexing.Tests.Comparing;
global using SpladeLucene.Reindexing.Tests.Legacy;
global using SpladeLucene.Reindexing.Tests.Scoring;
global using SpladeLucene.Reindexing.Tests.Support;
global using SpladeLucene.Reindexing.Tests.Losing;
global using SpladeLucene.Reindexing.Tests.Migrating;

namespace SpladeLucene.Docs.Tests.Shell;

/// <summary>Tests that change the working directory or the console, which the whole process has: one at a time, with no others.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;

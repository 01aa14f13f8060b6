namespace SpladeLucene.Reindexing.Tests;

/// <summary>One thing that an index says.</summary>
/// <param name="Subject">What it says it of, such as <c>document 3</c>; facts of one subject stand together.</param>
/// <param name="Name">Which of its properties, such as <c>norm of 'body'</c>; once a subject.</param>
/// <param name="Value">What the index says, in words.</param>
internal readonly record struct Fact(string Subject, string Name, string Value);

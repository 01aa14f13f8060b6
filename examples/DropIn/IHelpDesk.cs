using Lucene.Net.Search;

namespace DropIn;

/// <summary>What the application asks of its search, whatever finds the articles.</summary>
internal interface IHelpDesk : IDisposable
{
    /// <summary>Adds an article, or puts it in the place of the one with its id.</summary>
    void Save(Article article);

    void Remove(string id);

    /// <summary>Lets searches see what was saved and removed, and writes it to disk.</summary>
    void Publish();

    Page Search(Question question);
}

internal sealed record Article(string Id, string Topic, DateOnly Changed, string Title, string Body);

internal sealed record Question(string Text)
{
    /// <summary>Only articles on this topic; null for all.</summary>
    public string? Topic { get; init; }

    public bool NewestFirst { get; init; }

    public int PageSize { get; init; } = 3;

    /// <summary>Where the page before ended; null for the first.</summary>
    public ScoreDoc? After { get; init; }
}

/// <summary>A page of answers.</summary>
/// <param name="Total">How many articles there are on all pages.</param>
/// <param name="Answers">Those of this page.</param>
/// <param name="Last">What the next page begins after.</param>
internal sealed record Page(int Total, IReadOnlyList<Answer> Answers, ScoreDoc? Last);

internal sealed record Answer(string Id, string Snippet);

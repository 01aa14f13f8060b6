using Lucene.Net.Documents;
using Lucene.Net.Search;

namespace SpladeLucene;

/// <summary>What a search goes by.</summary>
public enum SpladeSearchMode
{
    /// <summary>Words and meaning, fused.</summary>
    Hybrid,

    /// <summary>Meaning alone.</summary>
    Meaning,

    /// <summary>Words alone; nothing is encoded.</summary>
    Words,
}

/// <summary>What <see cref="ISpladeIndex.SearchAsync"/> is asked for. Immutable.</summary>
public sealed record SpladeSearchRequest
{
    /// <summary>What the search goes by. Default: words and meaning.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    public SpladeSearchMode Mode
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such mode.");
    }

    /// <summary>How many hits are wanted, 1 to 10,000. Default: 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of the range.</exception>
    public int Count
    {
        get;
        init => field = value is >= 1 and <= 10_000
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 to 10000 hits can be asked for.");
    } = 10;

    /// <summary>How many of the best hits are passed over, 0 to 100,000; a search takes as long as for all of them. Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of the range.</exception>
    public int Skip
    {
        get;
        init => field = value is >= 0 and <= 100_000
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 to 100000 hits can be passed over.");
    }

    /// <summary>Which documents may be found. Default: null, all.</summary>
    public Filter? Filter { get; init; }

    /// <summary>A query in the place of the text's words in the source fields, such as a parser's. Default: null.</summary>
    public Query? Words { get; init; }

    /// <summary>The meaning's share of a hybrid search's scores, 0 to 1. Default: the index's. Refused by a search that isn't
    /// hybrid, and where the index fuses ranks (<see cref="HybridOptions.RankConstant"/>), which have no weights.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of the range.</exception>
    public double? MeaningWeight
    {
        get;
        init => field = value is null or (>= 0 and <= 1)
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The meaning's share lies between 0 and 1.");
    }

    /// <summary>What a document's meaning has to score. Default: null, the model's. Refused by a search for words alone.</summary>
    public ScoreFloor? Floor { get; init; }
}

/// <summary>What a search found.</summary>
public sealed record SpladeSearchResult
{
    /// <summary>How many documents are hits, those before and after the ones here included.</summary>
    public required int TotalHits { get; init; }

    /// <summary>The best hits, the best first.</summary>
    public required IReadOnlyList<SpladeSearchHit> Hits { get; init; }

    /// <summary>Why the words were searched for alone, the encoder having failed; null where nothing failed.</summary>
    public SparseEncodingException? MeaningFailure { get; init; }
}

/// <summary>A document that was found.</summary>
public sealed record SpladeSearchHit
{
    /// <summary>Its key; null where none is stored.</summary>
    public string? Key { get; init; }

    /// <summary>By which hits are ranked.</summary>
    public required float Score { get; init; }

    /// <summary>The words' own score; null where they weren't searched for or don't match.</summary>
    public double? WordsScore { get; init; }

    /// <summary>The meaning's own score; null where it wasn't searched for, or is under its floor.</summary>
    public double? MeaningScore { get; init; }

    /// <summary>The stored fields.</summary>
    public required Document Document { get; init; }

    /// <summary>The first stored value of a field as text; null where there is none.</summary>
    public string? this[string field] => Document.Get(field, System.Globalization.CultureInfo.InvariantCulture);
}

using SpladeLucene.Reindexing.Carrying;
using SpladeLucene.Reindexing.Vectors;

namespace SpladeLucene.Reindexing.Running;

/// <summary>
/// Consecutive documents of the source, and those of their texts whose vectors aren't there yet. Goes from one stage to
/// the next.
/// </summary>
internal sealed class TextBatch
{
    // Documents whose vectors are all there cost no tokens, but still wait in memory.
    private const int MostEntries = 1 << 15;

    /// <summary>The texts to encode.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>What each of them is called in the log.</summary>
    public List<TextHash> Hashes { get; } = [];

    /// <summary>Where each of them comes from.</summary>
    public List<(int Segment, int Document)> Origins { get; } = [];

    public List<BatchPart> Parts { get; } = [];

    public IReadOnlyList<SparseVector> Vectors { get; set; } = [];

    /// <summary>UTF-16 units of the texts.</summary>
    public long Characters { get; private set; }

    public double Tokens { get; private set; }

    /// <summary>Live documents.</summary>
    public int Documents { get; set; }

    /// <summary>How many of them stand before the first that has a text to encode; null where none has.</summary>
    public int? DocumentsBefore { get; private set; }

    /// <summary>Texts whose vectors were there.</summary>
    public int Reused { get; set; }

    public int WithoutText { get; set; }

    /// <summary>Hashes in all parts.</summary>
    public int Entries { get; set; }

    public bool HasManyEntries => Entries >= MostEntries;

    public void Add(string text, TextHash hash, int segment, int document, double tokens)
    {
        DocumentsBefore ??= Documents - 1;
        Texts.Add(text);
        Hashes.Add(hash);
        Origins.Add((segment, document));
        Characters += text.Length;
        Tokens += tokens;
    }
}

/// <summary>The part of a batch that is of one segment.</summary>
/// <param name="Segment">The segment's place among those that are written, from 0.</param>
internal sealed record BatchPart(int Segment)
{
    /// <summary>For each document, deleted ones too, a text's hash for each mapping; default where there is no text.</summary>
    public List<TextHash> Hashes { get; } = [];

    /// <summary>The hash over all hashes of the segment, in the end of its last part.</summary>
    public byte[]? OrderHash { get; set; }

    /// <summary>What was seen of the segment's texts, in the end of its last part.</summary>
    public SegmentTexts? Texts { get; set; }
}

/// <summary>Consecutive documents of one segment whose vectors are all in the log.</summary>
/// <param name="Segment">The segment's place among those that are written, from 0.</param>
/// <param name="Places">For each document and mapping, where its vector stands; 0 where it has none.</param>
/// <param name="OrderHash">The hash over all texts' hashes of the segment, with its last part; else null.</param>
/// <param name="Texts">What was seen of the segment's texts, with its last part; else null.</param>
internal sealed record SegmentPart(int Segment, long[] Places, byte[]? OrderHash, SegmentTexts? Texts);

using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Tests.Support;

/// <summary>
/// An index of random vectors, cut into random segments and with random deletions, and beside it what is in it, so
/// that every score can be computed without Lucene. The same seed gives the same index.
/// </summary>
internal sealed class GeneratedIndex : IDisposable
{
    public const string Field = "splade";

    private static readonly ModelFingerprint Model =
        new("generated", "000000000000", "000000000000", "max-log1p-relu", 512, Pruning.None);

    private readonly Random _random;
    private readonly Directory _directory;

    public GeneratedIndex(int seed, int documents, int vocabulary, WeightEncoding encoding, Directory? directory = null)
    {
        _directory = directory ?? new RAMDirectory();
        _random = new Random(seed);
        Vocabulary = vocabulary;
        Encoding = encoding;
        Vectors = [.. Enumerable.Range(0, documents).Select(_ => RandomVector(_random.Next(0, 30)))];
        Groups = [.. Enumerable.Range(0, documents).Select(_ => _random.Next(4))];
        Write();
        Reader = DirectoryReader.Open(_directory);
    }

    /// <summary>Indexes of random sizes, each open until the next is asked for, and what else is drawn for them.</summary>
    /// <param name="seeds">One an index.</param>
    /// <param name="documents">How many at least, and fewer than how many.</param>
    /// <param name="vocabulary">The same of the terms.</param>
    /// <param name="encoding">That of all.</param>
    public static IEnumerable<(GeneratedIndex Index, Random Random, int Seed)> Each(
        IEnumerable<int> seeds, Range documents, Range vocabulary, WeightEncoding encoding)
    {
        foreach (int seed in seeds.Where((_, number) => number % TestSettings.Every == 0))
        {
            var random = new Random(seed);
            int size = random.Next(documents.Start.Value, documents.End.Value);
            using var index = new GeneratedIndex(
                seed, size, random.Next(vocabulary.Start.Value, vocabulary.End.Value), encoding);
            yield return (index, random, seed);
        }
    }

    public int Vocabulary { get; }

    public WeightEncoding Encoding { get; }

    public DirectoryReader Reader { get; }

    /// <summary>What each document holds, by its number.</summary>
    public IReadOnlyList<SparseVector> Vectors { get; }

    /// <summary>The filter group of each document, 0 to 3.</summary>
    public IReadOnlyList<int> Groups { get; }

    /// <summary>The numbers of the documents that were deleted.</summary>
    public HashSet<int> Deleted { get; } = [];

    /// <summary>A random vector; terms over the vocabulary do not occur in documents.</summary>
    public SparseVector RandomVector(int terms, float largest = 6, int? vocabulary = null)
    {
        var weights = new Dictionary<string, float>(StringComparer.Ordinal);
        for (int i = 0; i < terms; i++)
            weights[Term(_random.Next(vocabulary ?? Vocabulary))] = _random.NextSingle() * largest;
        return SparseVector.FromWeights(weights);
    }

    public static string Term(int number) => "t" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number that document <paramref name="doc"/> of the reader was added with.</summary>
    public int NumberOf(int doc) =>
        int.Parse(Reader.Document(doc).Get("number"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Reader.Dispose();
        _directory.Dispose();
    }

    private void Write()
    {
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = _random.Next(3) == 0 ? new LogDocMergePolicy() : NoMergePolicy.COMPOUND_FILES;
        using var writer = new IndexWriter(_directory, config);
        for (int number = 0; number < Vectors.Count; number++)
        {
            writer.AddDocument(MakeDocument(number));
            if (_random.Next(Vectors.Count) < 4) writer.Commit();
            if (_random.Next(20) == 0) Delete(writer, _random.Next(number + 1));
        }

        if (_random.Next(10) == 0) DeleteAllOfGroup(writer);
        if (_random.Next(5) == 0) writer.ForceMerge(1);
    }

    private Document MakeDocument(int number) => TestIndex.Document(
        new StringField("number", number.ToString(CultureInfo.InvariantCulture), Lucene.Net.Documents.Field.Store.YES),
        new StringField("group", Groups[number].ToString(CultureInfo.InvariantCulture), Lucene.Net.Documents.Field.Store.NO),
        new SpladeField(Field, Vectors[number], Model, new ImpactFormat { Encoding = Encoding }));

    private void Delete(IndexWriter writer, int number)
    {
        writer.DeleteDocuments(new Term("number", number.ToString(CultureInfo.InvariantCulture)));
        Deleted.Add(number);
    }

    private void DeleteAllOfGroup(IndexWriter writer)
    {
        writer.DeleteDocuments(new Term("group", "1"));
        Deleted.UnionWith(Enumerable.Range(0, Vectors.Count).Where(number => Groups[number] == 1));
    }
}

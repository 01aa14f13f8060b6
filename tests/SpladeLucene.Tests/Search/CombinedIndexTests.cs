using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Tests;

/// <summary>SPLADE fields that reach an index through Lucene's own ways of combining indexes.</summary>
public sealed class CombinedIndexTests
{
    private static readonly WordEncoder Encoder = new();

    private static readonly string[] Texts = ["sleeping canine", "wild fox", "dog and fox", "quick canine"];

    [Theory]
    [InlineData(WeightEncoding.Payload)]
    [InlineData(WeightEncoding.TermFrequency)]
    public void AddIndexes_ReaderWithDeletions_KeepsImpactsAndFingerprints(WeightEncoding encoding)
    {
        using DirectoryReader source = Index(Texts.Select(text => Both(text, encoding)), deleted: 1);
        using RAMDirectory combined = Combine(source);
        using DirectoryReader target = DirectoryReader.Open(combined);

        Assert.Equal(Texts.Length - 1, target.MaxDoc);
        Assert.Equal(Scores(source), Scores(target));
        Assert.Equal(Texts.Length - 1, SpladeFingerprint.Read(target, "splade").Single().Value);
    }

    [Fact]
    public void AddIndexes_ParallelSegment_PutsSpladeBesideALegacyIndex()
    {
        using DirectoryReader legacy = Index(Texts.Select(Legacy));
        using DirectoryReader side = Index(Texts.Select(text => TestIndex.Document(Splade(text, WeightEncoding.Payload))));
        using var pair = new ParallelAtomicReader(
            closeSubReaders: false, legacy.Leaves.Single().AtomicReader, side.Leaves.Single().AtomicReader);
        using RAMDirectory combined = Combine(pair);
        using DirectoryReader target = DirectoryReader.Open(combined);

        Assert.Equal(Scores(side), Scores(target, "splade"));
        Assert.Equal(Bm25(legacy), Bm25(target));
        AssertSameColumns(legacy, target);
        AssertSameTermVectors(legacy, target);
    }

    [Fact]
    public void FSDirectory_SecondWriter_IsRefusedAndTheIndexStays()
    {
        using var folder = new TemporaryFolder();
        using FSDirectory directory = FSDirectory.Open(folder.Root);
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            writer.AddDocument(Both(Texts[0], WeightEncoding.Payload));
            Assert.Throws<LockObtainFailedException>(() => new IndexWriter(directory, TestIndex.Config()));
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        Assert.Single(Scores(reader));
    }

    private static RAMDirectory Combine(IndexReader reader)
    {
        var directory = new RAMDirectory();
        using var writer = new IndexWriter(directory, TestIndex.Config());
        writer.AddIndexes(reader);
        return directory;
    }

    private static DirectoryReader Index(IEnumerable<Document> documents, int? deleted = null)
    {
        var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, TestIndex.Config()))
        {
            foreach (Document document in documents) writer.AddDocument(document);
            if (deleted is { } place) writer.DeleteDocuments(new Term("id", Texts[place]));
        }

        return DirectoryReader.Open(directory);
    }

    private static SpladeField Splade(string text, WeightEncoding encoding) =>
        new("splade", Encoder.Encode(text), Encoder.Fingerprint, new ImpactFormat { Encoding = encoding });

    private static Document Both(string text, WeightEncoding encoding) => TestIndex.Document(
        new StringField("id", text, Field.Store.YES), Splade(text, encoding));

    private static Document Legacy(string text)
    {
        var type = new FieldType(TextField.TYPE_STORED)
        {
            StoreTermVectors = true, StoreTermVectorPositions = true, StoreTermVectorOffsets = true,
        };
        return TestIndex.Document(
            new StringField("id", text, Field.Store.YES),
            new Field("body", text, type),
            new NumericDocValuesField("length", text.Length),
            new SortedDocValuesField("first", new BytesRef(text[..1])),
            new BinaryDocValuesField("bytes", new BytesRef(text)));
    }

    private static Dictionary<string, float> Scores(IndexReader reader) => Scores(reader, "id");

    // By id where there is one; by document otherwise.
    private static Dictionary<string, float> Scores(IndexReader reader, string keyedBy)
    {
        var searcher = new IndexSearcher(reader);
        TopDocs found = searcher.Search(SpladeQuery.Create(reader, "splade", "dog fox", Encoder), 10);
        return found.ScoreDocs.ToDictionary(
            hit => searcher.Doc(hit.Doc).Get(keyedBy) ?? $"{hit.Doc}", hit => hit.Score);
    }

    private static (int Doc, float Score)[] Bm25(IndexReader reader)
    {
        var query = new BooleanQuery
        {
            { new TermQuery(new Term("body", "fox")), Occur.SHOULD },
            { new TermQuery(new Term("body", "canine")), Occur.SHOULD },
        };
        return [.. new IndexSearcher(reader).Search(query, 10).ScoreDocs.Select(hit => (hit.Doc, hit.Score))];
    }

    private static void AssertSameColumns(DirectoryReader expected, DirectoryReader found)
    {
        AtomicReader left = expected.Leaves.Single().AtomicReader, right = found.Leaves.Single().AtomicReader;
        NumericDocValues[] lengths = [left.GetNumericDocValues("length"), right.GetNumericDocValues("length")];
        SortedDocValues[] firsts = [left.GetSortedDocValues("first"), right.GetSortedDocValues("first")];
        BinaryDocValues[] bytes = [left.GetBinaryDocValues("bytes"), right.GetBinaryDocValues("bytes")];
        for (int doc = 0; doc < left.MaxDoc; doc++)
        {
            Assert.Equal(lengths[0].Get(doc), lengths[1].Get(doc));
            Assert.Equal(Value(firsts[0], doc), Value(firsts[1], doc));
            Assert.Equal(Value(bytes[0], doc), Value(bytes[1], doc));
            Assert.Equal(left.Document(doc).Get("body"), right.Document(doc).Get("body"));
        }
    }

    private static string Value(BinaryDocValues values, int doc)
    {
        var value = new BytesRef();
        values.Get(doc, value);
        return value.Utf8ToString();
    }

    private static void AssertSameTermVectors(IndexReader expected, IndexReader found)
    {
        for (int doc = 0; doc < expected.MaxDoc; doc++)
            Assert.Equal(TermVector(expected.GetTermVector(doc, "body")), TermVector(found.GetTermVector(doc, "body")));
    }

    private static List<(string Term, int Position, int Start, int End)> TermVector(Terms vector)
    {
        var entries = new List<(string Term, int Position, int Start, int End)>();
        TermsEnum terms = vector.GetEnumerator();
        while (terms.MoveNext())
        {
            DocsAndPositionsEnum positions = terms.DocsAndPositions(liveDocs: null, reuse: null);
            positions.NextDoc();
            for (int left = positions.Freq; left > 0; left--)
                entries.Add((terms.Term.Utf8ToString(), positions.NextPosition(), positions.StartOffset, positions.EndOffset));
        }

        return entries;
    }
}

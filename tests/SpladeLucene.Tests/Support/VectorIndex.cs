using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;

namespace SpladeLucene.Tests.Support;

/// <summary>An index of given vectors in given segments, a document's number being its id in the whole index.</summary>
internal sealed class VectorIndex : IDisposable
{
    public const string Field = "splade";

    private static readonly ModelFingerprint Model =
        new("given", "000000000000", "000000000000", "max-log1p-relu", 512, Pruning.None);

    private readonly Directory _directory;

    /// <param name="segments">The documents of each segment.</param>
    /// <param name="deleted">The numbers of the documents that are deleted.</param>
    public VectorIndex(
        IEnumerable<IEnumerable<SparseVector>> segments, IEnumerable<int>? deleted = null,
        WeightEncoding encoding = WeightEncoding.Payload, Directory? directory = null)
    {
        _directory = directory ?? new RAMDirectory();
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using (var writer = new IndexWriter(_directory, config))
        {
            int number = 0;
            foreach (IEnumerable<SparseVector> segment in segments)
            {
                foreach (SparseVector vector in segment) writer.AddDocument(Make(number++, vector, encoding));
                writer.Commit();
            }

            foreach (int document in deleted ?? []) writer.DeleteDocuments(new Term("number", Text(document)));
        }

        Reader = DirectoryReader.Open(_directory);
    }

    public DirectoryReader Reader { get; }

    /// <summary>A vector of impacts, as they end up in the index.</summary>
    public static SparseVector Impacts(params (string Term, int Impact)[] impacts) => SparseVector.FromWeights(
        impacts.Select(pair => KeyValuePair.Create(pair.Term, ImpactQuantizer.Default.Dequantize(pair.Impact))));

    /// <summary>A document that can be found by its number and by its vector.</summary>
    public static Document Make(
        int number, SparseVector vector, WeightEncoding encoding = WeightEncoding.Payload) => TestIndex.Document(
        new StringField("number", Text(number), Lucene.Net.Documents.Field.Store.NO),
        new SpladeField(Field, vector, Model, new ImpactFormat { Encoding = encoding }));

    public void Dispose()
    {
        Reader.Dispose();
        _directory.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

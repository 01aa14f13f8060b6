using System.Text;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Tool.Progress;

namespace SpladeLucene.Benchmarks.Compositions;

/// <summary>
/// A collection beside a text for BM25, a number to sort by and marks to filter by, as an index of one segment, made once and
/// found again later. A text is made of its document's heaviest terms, the heavier the more often.
/// </summary>
internal static class CompositionIndex
{
    public const string Words = "text";
    public const string Number = "number";
    public const string Mark = "mark";

    /// <summary>Which shares of the documents have a mark, in tenths of a percent.</summary>
    public static readonly int[] PerMilles = [1, 10, 100, 500];

    private const int WordsADocument = 40;
    private const int ImpactsARepetition = 80;

    private static readonly ModelFingerprint Model =
        new("benchmark", "000000000000", "000000000000", "max-log1p-relu", 512, Pruning.None);

    /// <exception cref="OperationCanceledException">Nothing is left of an index that was broken off.</exception>
    public static DirectoryReader Open(CollectionFile collection, string work, CancellationToken cancellation)
    {
        string folder = Path.Combine(work, $"{collection.Name}.compositions");
        Directory directory = FSDirectory.Open(folder);
        if (!SourceNote.Says(folder, collection.Source) || !DirectoryReader.IndexExists(directory))
        {
            SourceNote.Make(folder, collection.Source, () => Build(collection.Path, directory,
                ProgressLine.Of("indexing", SpvFile.SizeOf(collection.Path).Documents), cancellation));
        }

        return DirectoryReader.Open(directory);
    }

    public static string MarkOf(int perMille) => $"m{perMille}";

    private static void Build(string collection, Directory directory, WorkProgress progress, CancellationToken cancellation)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48))
        {
            OpenMode = OpenMode.CREATE,
            RAMBufferSizeMB = 1024,
        };
        using var writer = new IndexWriter(directory, config);
        try
        {
            var random = new SplitMix64(1);
            long documents = 0;
            foreach ((List<string> terms, List<byte> impacts) in SpvFile.Read(collection))
            {
                cancellation.ThrowIfCancellationRequested();
                writer.AddDocument(DocumentOf(terms, impacts, random));
                progress.Report(++documents);
            }
        }
        catch (OperationCanceledException)
        {
            writer.Rollback();
            throw;
        }

        progress.Finish();
        writer.ForceMerge(1);
        writer.Commit();
    }

    private static Document DocumentOf(List<string> terms, List<byte> impacts, SplitMix64 random)
    {
        SparseVector vector = BenchmarkIndex.Vector(
            terms, impacts.Select(impact => (int)impact), ImpactQuantizer.DefaultRange / 256);
        var document = new Document
        {
            new SpladeField(BenchmarkIndex.Field, vector, Model),
            new TextField(Words, TextOf(terms, impacts), Field.Store.NO),
            new NumericDocValuesField(Number, random.Below(int.MaxValue)),
        };
        int mark = random.Below(1000);
        foreach (int perMille in PerMilles)
            if (mark < perMille) document.Add(new StringField(Mark, MarkOf(perMille), Field.Store.NO));
        return document;
    }

    private static string TextOf(List<string> terms, List<byte> impacts)
    {
        var text = new StringBuilder();
        foreach (int i in Enumerable.Range(0, terms.Count).OrderByDescending(i => impacts[i]).Take(WordsADocument))
        {
            for (int times = 0; times <= impacts[i] / ImpactsARepetition; times++) text.Append(terms[i]).Append(' ');
        }

        return text.ToString();
    }
}

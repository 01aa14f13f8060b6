using System.Globalization;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Endurance.CatchingUp;

/// <summary>An index of made-up texts, of which a few change.</summary>
internal sealed class ChangingSource(string folder, int documents)
{
    public const string Text = "text";

    private const string Id = "id";
    private const int Words = 12, Vocabulary = 50_000;

    private readonly Random _random = new(20);

    public string Path => folder;

    /// <summary>Writes all of it.</summary>
    public void Write() => With(writer =>
    {
        for (int i = 0; i < documents; i++) writer.AddDocument(DocumentOf(i));
    });

    /// <summary>Gives so many documents other texts.</summary>
    public void Change(int count) => With(writer =>
    {
        for (int i = 0; i < count; i++)
        {
            int number = _random.Next(documents);
            writer.UpdateDocument(new Term(Id, Name(number)), DocumentOf(number));
        }
    });

    private void With(Action<IndexWriter> change)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using var writer = new IndexWriter(directory, new IndexWriterConfig(
            LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48)));
        change(writer);
    }

    private Document DocumentOf(int number) =>
    [
        new StringField(Id, Name(number), Field.Store.YES),
        new TextField(Text, $"d{number} " + string.Join(' ', Enumerable.Range(0, Words).Select(_ => $"w{_random.Next(Vocabulary)}")), Field.Store.YES),
        new NumericDocValuesField("number", number),
    ];

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);
}

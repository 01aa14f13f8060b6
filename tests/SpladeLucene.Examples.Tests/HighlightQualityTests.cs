using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;

namespace SpladeLucene.Examples.Tests;

/// <summary>Highlights of queries in other words against what a person would point at.</summary>
[Trait("Category", "Large")]
public sealed class HighlightQualityTests
{
    // The first thirty other-words queries with a judged document, in the collection's order, whichever way they come out.
    private static readonly (string Query, string Document, string Words)[] Judged =
    [
        ("q001", "child-07", "Earache ear"), ("q004", "fest-02", "food drink"), ("q005", "econ-02", "Inflation money prices"),
        ("q007", "cook-06", "mouth milk yoghurt"), ("q010", "econ-05", "unemployment job"),
        ("q011", "psy-08", "illness therapy antidepressants"), ("q012", "child-08", "potty"),
        ("q013", "energy-06", "Standby electricity power"), ("q014", "garden-01", "slugs lettuces"),
        ("q015", "med-11", "ibuprofen pad"), ("q017", "elec-02", "wire solder"), ("q019", "bike-01", "tyre"),
        ("q020", "db-06", "table restored recovery"), ("q021", "stat-01", "median mean"),
        ("q023", "astro-05", "August comet"), ("q024", "nutr-02", "iron meal"), ("q026", "astro-03", "stars collapse"),
        ("q028", "arch-04", "shaking buildings"), ("q029", "code-09", "memory climbs program"),
        ("q031", "energy-07", "sunlight solar water"), ("q033", "music-04", "countermelody fugue"),
        ("q034", "energy-01", "roof"), ("q035", "math-02", "triangle"), ("q036", "wild-02", "cranes fly"),
        ("q037", "med-15", "breath inhaler"), ("q039", "farm-04", "lambing lamb"), ("q040", "psy-03", "price sellers"),
        ("q041", "law-01", "quarrel landlord"), ("q042", "travel-03", "stolen abroad"), ("q043", "energy-04", "warmth roof"),
    ];

    [Theory]
    [InlineData(27, "title", "text")]
    [InlineData(27, "body")]
    // Without the titles, which often hold the very word: in five of the thirty then, nothing leads to a word of the list.
    [InlineData(23, "text")]
    public async Task Highlight_ThirtyJudgedPairs_MarksWhatAPersonWouldPointAt(int least, params string[] sources)
    {
        TestCollection set = TestCollection.Load(Path.Combine(AppContext.BaseDirectory, "collection"));
        using OnnxSparseEncoder encoder =
            OnnxSparseEncoder.Load(Path.Combine(AppContext.BaseDirectory, "models", "splade-tiny-en"));
        var splade = new SpladeFieldDefinition("splade", encoder) { Sources = sources, Offsets = true };
        HashSet<string> wanted = [.. Judged.Select(pair => pair.Document)];
        using var directory = new RAMDirectory();
        using var analyzer = new KeywordAnalyzer();
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)))
        {
            await splade.CreateIndexer(writer).AddAsync(set.ReadDocuments().Where(source => wanted.Contains(source.Id))
                .Select(source => splade.ToIndex(Fields(source))));
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        Dictionary<string, int> docs = Enumerable.Range(0, reader.MaxDoc).ToDictionary(doc => reader.Document(doc).Get("id"));
        Dictionary<string, string> texts = set.Queries.ToDictionary(query => query.Id, query => query.Text);
        List<string> wrong = [];
        foreach ((string query, string document, string words) in Judged)
        {
            SpladeQuery asked = splade.CreateQuery(reader, texts[query]);
            AssertWordsStandThere(reader, docs[document], asked);
            string[] marked = Marked(new SpladeHighlighter().Highlight(reader, docs[document], asked));
            if (!marked.Intersect(words.Split(' '), StringComparer.OrdinalIgnoreCase).Any())
                wrong.Add($"{query}: {string.Join(' ', marked)}, not {words}");
        }

        Assert.True(Judged.Length - wrong.Count >= least, string.Join("; ", wrong));
    }

    private static string[] Marked(SpladeHighlight found) => found.Fragments.Count == 0
        ? []
        : [.. found.Fragments[0].Words.Select(word => found.Fragments[0].Text[word.Start..word.End])];

    private static void AssertWordsStandThere(IndexReader reader, int doc, SpladeQuery query)
    {
        Document stored = reader.Document(doc);
        IReadOnlyList<TermMatch> matches = SpladeExplainer.Matches(reader, doc, query);
        Assert.NotEmpty(matches);
        Assert.All(matches, match =>
        {
            TermSource source = match.DocumentSource!;
            Assert.Equal(source.Word, stored.Get(source.Field)[source.WordSpan.Start..source.WordSpan.End]);
        });
    }

    private static Document Fields(CollectionDocument source) =>
    [
        new StringField("id", source.Id, Field.Store.YES),
        new TextField("title", source.Title, Field.Store.YES),
        new TextField("text", source.Text, Field.Store.YES),
        new TextField("body", source.Body, Field.Store.YES),
    ];
}

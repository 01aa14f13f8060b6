using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>More kinds of fields, files and queries.</summary>
internal static class MoreLegacy
{
    private static readonly string[] WithPositions = [LegacyFields.Body, "positions", "positions_unnormed", "offsets", "payloads"];

    public static void AddNumericFields(Document document, Random random)
    {
        document.Add(new Int32Field("int_field", random.Next(-100, 100), Field.Store.YES));
        document.Add(new Int64Field("long_field", random.NextInt64(), Field.Store.NO));
        document.Add(new SingleField("single_field", random.NextSingle(), Field.Store.YES));
        if (random.Next(3) == 0) document.Add(new DoubleField("double_field", random.NextDouble(), Field.Store.YES));
    }

    public static Action<IndexWriterConfig> CompoundFiles(bool compound) => config =>
    {
        config.UseCompoundFile = compound;
        config.MergePolicy = compound ? NoMergePolicy.COMPOUND_FILES : NoMergePolicy.NO_COMPOUND_FILES;
    };

    public static readonly Func<Term, Random, Query>[] Queries =
    [
        Phrase,
        (term, _) => new PrefixQuery(new Term(term.Field, Start(term.Text, 1))),
        (term, _) => new WildcardQuery(new Term(term.Field, Start(term.Text, 1) + "*" + term.Text[^1])),
        (term, random) => new FuzzyQuery(term, random.Next(1, 3)),
        (term, _) => TermRangeQuery.NewStringRange(term.Field, term.Text, null, includeLower: true, includeUpper: false),
        (_, random) => NumericRangeQuery.NewInt32Range("int_field", random.Next(-100, 0), random.Next(100), true, false),
        (_, random) => NumericRangeQuery.NewDoubleRange("double_field", random.NextDouble() / 2, null, true, true),
    ];

    private static PhraseQuery Phrase(Term term, Random random)
    {
        string name = WithPositions[random.Next(WithPositions.Length)];
        var query = new PhraseQuery { Slop = random.Next(6) };
        query.Add(new Term(name, term.Text));
        query.Add(new Term(name, random.Next(2) == 0 ? "dog" : "the"));
        return query;
    }

    private static string Start(string text, int length) => text[..Math.Min(length, text.Length)];
}

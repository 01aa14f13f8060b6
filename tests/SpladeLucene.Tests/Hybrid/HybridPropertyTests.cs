using CsCheck;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

/// <summary>A hybrid search against fusing, by <see cref="RankFusion"/>, all that each side finds in a plain searcher.</summary>
public sealed class HybridPropertyTests
{
    private const string Words = "words";

    private static readonly string[] Vocabulary = ["a", "b", "c", "d"];

    private static readonly Gen<int[]> Text = Gen.Int[0, Vocabulary.Length - 1].Array[0, 6];

    private static readonly Gen<Case> Cases = Gen.Select(
        Gen.Select(Text, Text, Gen.Bool, Gen.Int[0, 9], (words, terms, commit, deleted) =>
            new Doc(words, terms, commit, deleted == 0)).Array[1, 40],
        Text, Text,
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 2].Select(i => i * 0.4f)),
        Gen.Int[0, 2].Select(i => (ScoreNormalization)i),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[1, 5]),
        (docs, words, terms, weightAndFloor, normalization, rest) => new Case(docs, words, terms, weightAndFloor.Item1,
            weightAndFloor.Item2, normalization, rest.Item1, rest.Item2, rest.Item3, rest.Item4));

    [Fact]
    public void Search_AnyIndexAndWay_GivesPageByPageWhatFusingAllHitsGives() => Cases.Sample(
        drawn =>
        {
            using var directory = new RAMDirectory();
            using DirectoryReader reader = Write(directory, drawn.Docs);
            IReadOnlyList<ScoreDoc> expected = FusedByHand(reader, drawn);
            var searcher = new HybridSearcher(reader, new HybridOptions
            {
                Normalization = drawn.Normalization, RankConstant = drawn.ByRank ? 60 : null, WordsByCoverage = drawn.ByCoverage,
            });

            var found = new List<HybridHit>();
            HybridTopDocs page = searcher.Search(Query(drawn), drawn.N, FilterOf(drawn));
            Assert.Equal(expected.Count, page.TotalHits);
            while (page.Hits.Count > 0)
            {
                Assert.True(page.Hits.Count <= drawn.N);
                found.AddRange(page.Hits);
                page = searcher.Search(Query(drawn), drawn.N, FilterOf(drawn), found[^1]);
            }

            Assert.Equal(expected.Select(hit => (hit.Doc, hit.Score)), found.Select(hit => (hit.Doc, hit.Score)));
            Assert.All(found, hit => Assert.Equal(hit.Score, (float)hit.Parts.Sum(part => part.Adds)));
        },
        iter: 150, threads: 1);

    private static IReadOnlyList<ScoreDoc> FusedByHand(IndexReader reader, Case drawn)
    {
        var plain = new IndexSearcher(reader) { Similarity = new BM25Similarity() };
        HybridQuery query = Query(drawn);
        IReadOnlyList<RankedHit<int>> words = query.Words is null ? [] : Covering(reader, drawn, All(plain, query.Words));
        IReadOnlyList<RankedHit<int>> meaning = All(plain, query.Meaning);
        IReadOnlyList<RankedHit<int>> fused = drawn.ByRank
            ? RankFusion.ReciprocalRank([words, meaning])
            : RankFusion.WeightedSum([(words, 1 - drawn.Weight), (meaning, drawn.Weight)], drawn.Normalization);
        return [.. fused.Select(hit => new ScoreDoc(hit.Document, (float)hit.Score))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Doc)];

        IReadOnlyList<RankedHit<int>> All(IndexSearcher searcher, Query each) =>
            searcher.Search(each, FilterOf(drawn), Math.Max(1, reader.MaxDoc)).ToRanking();
    }

    // What a document of every word, endlessly often, would score.
    private static IReadOnlyList<RankedHit<int>> Covering(IndexReader reader, Case drawn, IReadOnlyList<RankedHit<int>> words)
    {
        double most = drawn.Words.Sum(word => reader.DocFreq(new Term(Words, Vocabulary[word])) is var with
            ? (1.2f + 1) * Math.Log(1 + ((reader.MaxDoc - with + 0.5) / (with + 0.5))) : 0);
        return drawn.ByCoverage && !drawn.ByRank
            ? [.. words.Select(hit => hit with { Score = hit.Score * (hit.Score / most * (hit.Score / most)) })] : words;
    }

    private static HybridQuery Query(Case drawn)
    {
        var words = new BooleanQuery();
        foreach (int word in drawn.Words) words.Add(new TermQuery(new Term(Words, Vocabulary[word])), Occur.SHOULD);
        return new HybridQuery(drawn.Words.Length == 0 ? null : words, new SpladeQuery(VectorIndex.Field, Vector(drawn.Terms))
        {
            Floor = new ScoreFloor { ShareOfBest = drawn.Floor },
        })
        {
            MeaningWeight = drawn.ByRank ? null : drawn.Weight,
        };
    }

    private static BitFilter? FilterOf(Case drawn) => drawn.Filtered ? new BitFilter(doc => doc % 2 == 0) : null;

    private static DirectoryReader Write(Directory directory, Doc[] docs)
    {
        IndexWriterConfig config = TestIndex.Config();
        config.MergePolicy = NoMergePolicy.COMPOUND_FILES;
        using (var writer = new IndexWriter(directory, config))
        {
            for (int number = 0; number < docs.Length; number++)
            {
                Document document = VectorIndex.Make(number, Vector(docs[number].Terms));
                string text = string.Join(' ', docs[number].Words.Select(word => Vocabulary[word]));
                document.Add(new TextField(Words, text, Field.Store.NO));
                writer.AddDocument(document);
                if (docs[number].Commit) writer.Commit();
            }

            foreach (int number in Enumerable.Range(0, docs.Length).Where(number => docs[number].Deleted))
                writer.DeleteDocuments(new Term("number", number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return DirectoryReader.Open(directory);
    }

    private static SparseVector Vector(int[] terms) => VectorIndex.Impacts(
        [.. terms.GroupBy(term => term).Select(term => (Vocabulary[term.Key], 20 * term.Count()))]);

    private sealed record Doc(int[] Words, int[] Terms, bool Commit, bool Deleted);

    private sealed record Case(Doc[] Docs, int[] Words, int[] Terms, double Weight, float Floor,
        ScoreNormalization Normalization, bool ByRank, bool Filtered, bool ByCoverage, int N);
}

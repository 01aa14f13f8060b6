using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Searching;

/// <summary>Sets of documents that a search may find.</summary>
public sealed class FilterTests : IDisposable
{
    private readonly Fruit _fruit = new();

    [Fact]
    public void TermsFilter_SeveralTerms_LetsTheirDocumentsThrough()
    {
        var filter = new TermsFilter(new Term("text", "kiwi"), new Term("text", "plum"), new Term("text", "melon"));

        Assert.Equal("2:0.66665417", Fruit.Hits(_fruit.Bm25.Search(Fruit.Term("pear"), filter, 1)));
        Assert.Equal([2, 3, 4], Docs(filter));
        Assert.Equal("text:kiwi text:melon text:plum", filter.ToString());
        var reversed = new List<Term> { new("text", "plum"), new("text", "melon"), new("text", "kiwi") };
        Assert.Equal(filter, new TermsFilter(reversed));
    }

    [Fact]
    public void GetDocIdSet_TermsFilter_HasBitsAndHonoursAccepted()
    {
        var filter = new TermsFilter([new Term("text", "apple")]);
        AtomicReaderContext leaf = _fruit.Reader.Leaves[0];
        var accepted = new FixedBitSet(3);
        accepted.Set(1);

        DocIdSet all = filter.GetDocIdSet(leaf, acceptDocs: null);
        DocIdSet some = filter.GetDocIdSet(leaf, accepted);
        Assert.Equal((true, true, false), (all.Bits.Get(0), all.Bits.Get(1), all.Bits.Get(2)));
        Assert.Equal((false, true), (some.Bits.Get(0), some.Bits.Get(1)));
        Assert.Null(new TermsFilter([new Term("text", "melon")]).GetDocIdSet(leaf, null));
    }

    [Fact]
    public void GetDocIdSet_QueryWrapperFilter_CanOnlyBeWalked()
    {
        AtomicReaderContext leaf = _fruit.Reader.Leaves[0];
        var filter = new QueryWrapperFilter(Fruit.Term("pear"));
        DocIdSet set = filter.GetDocIdSet(leaf, leaf.AtomicReader.LiveDocs);

        Assert.Null(set.Bits);
        Assert.False(set.IsCacheable);
        Assert.Equal([0, 2, 3], Docs(filter));
        Assert.Equal("QueryWrapperFilter(text:pear)", filter.ToString());
        Assert.Equal(new QueryWrapperFilter(Fruit.Term("pear")), filter);
    }

    [Fact]
    public void FilteredQuery_InABoolean_ScoresAsItsQuery()
    {
        var filtered = new FilteredQuery(Fruit.Term("apple"), new TermsFilter(new Term("text", "pear"))) { Boost = 2f };
        BooleanQuery query = Fruit.Boolean("plum");
        query.Add(filtered, Occur.SHOULD);

        Assert.Equal("3:1.4774822 0:1.0117805 2:0.66665417", Fruit.Hits(_fruit.Bm25.Search(query, 10)));
        Assert.Equal(("text:apple", "text:pear"), (filtered.Query.ToString(), filtered.Filter.ToString()));
        Assert.Equal("filtered(text:apple)->text:pear^2.0", filtered.ToString());
    }

    [Theory]
    [InlineData("bits", "2:0.66665417 0:0.50589025")]
    [InlineData("walk", "2:0.66665417 0:0.50589025")]
    [InlineData("nothing", "")]
    public void Search_OwnFilter_IsUsedByItsBitsOrItsWalk(string kind, string expected) =>
        Assert.Equal(expected, Fruit.Hits(_fruit.Bm25.Search(Fruit.Boolean("apple plum"), new EvenFilter(kind), 10)));

    [Fact]
    public void ConstantScoreQuery_OverAFilter_ScoresItsBoost()
    {
        var filter = new TermsFilter(new Term("text", "plum"));
        var query = new ConstantScoreQuery(filter) { Boost = 3f };

        Assert.Equal("2:3 3:3", Fruit.Hits(_fruit.Bm25.Search(query, 10)));
        Assert.Equal("2:1 3:1", Fruit.Hits(_fruit.Classic.Search(query, 10)));
        Assert.Same(filter, query.Filter);
        Assert.Null(query.Query);
        Assert.Equal("ConstantScore(text:plum)^3.0", query.ToString());
    }

    public void Dispose() => _fruit.Dispose();

    private IEnumerable<int> Docs(Filter filter) =>
        _fruit.Bm25.Search(new ConstantScoreQuery(filter), 10).ScoreDocs.Select(hit => hit.Doc).Order();

    // Lets the documents with an even number through, in one of the ways that a set has.
    private sealed class EvenFilter(string kind) : Filter
    {
        public override DocIdSet? GetDocIdSet(AtomicReaderContext context, IBits acceptDocs)
        {
            var bits = new FixedBitSet(context.Reader.MaxDoc);
            for (int doc = 0; doc < bits.Length; doc++)
                if ((doc + context.DocBase) % 2 == 0 && (acceptDocs?.Get(doc) ?? true)) bits.Set(doc);
            return kind switch { "bits" => bits, "walk" => new WalkOnly(bits), _ => null };
        }

        private sealed class WalkOnly(FixedBitSet bits) : DocIdSet
        {
            public override DocIdSetIterator GetIterator() => bits.GetIterator();
        }
    }
}

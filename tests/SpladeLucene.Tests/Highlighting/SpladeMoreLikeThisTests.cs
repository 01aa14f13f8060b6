using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Tests.Support;

namespace SpladeLucene.Tests;

public sealed class SpladeMoreLikeThisTests : IDisposable
{
    private static readonly SparseVector[] Vectors =
    [
        VectorIndex.Impacts(("a", 200), ("b", 100), ("c", 5)),
        VectorIndex.Impacts(("a", 180), ("c", 90)),
        VectorIndex.Impacts(("b", 90)),
        VectorIndex.Impacts(("d", 255)),
    ];

    private readonly VectorIndex _index = new([Vectors[..2], Vectors[2..]]);

    [Fact]
    public void Create_IndexedDocument_IsItsVectorAsTheImpactsKeepIt()
    {
        SpladeQuery query = SpladeMoreLikeThis.Create(_index.Reader, 0, VectorIndex.Field);

        Assert.Equal(Vectors[0].Select(term => (term.Term, term.Weight)), query.Vector.Select(term => (term.Term, term.Weight)));
    }

    [Fact]
    public void Search_AllButTheDocument_FindsThoseLikeIt()
    {
        SpladeQuery query = SpladeMoreLikeThis.Create(_index.Reader, 0, VectorIndex.Field, terms: 2);
        IndexSearcher[] searchers = [new(_index.Reader), new SpladeSearcher(_index.Reader)];

        Assert.Equal(["a", "b"], query.Vector.Select(term => term.Term));
        Assert.All(searchers, searcher =>
        {
            Assert.Equal([0, 1, 2], Docs(searcher.Search(query, 10)));
            Assert.Equal([1, 2], Docs(searcher.Search(query, SpladeMoreLikeThis.AllBut(_index.Reader, 0), 10)));
            Assert.Equal([0, 1], Docs(searcher.Search(query, SpladeMoreLikeThis.AllBut(_index.Reader, 2), 10)));
        });

        static IEnumerable<int> Docs(TopDocs found) => found.ScoreDocs.Select(hit => hit.Doc);
    }

    [Fact]
    public void AllBut_SegmentWithDeletions_IsASetOfBitsOfItsOwn()
    {
        using var index = new VectorIndex([Vectors], deleted: [1]);
        AtomicReaderContext leaf = Assert.Single(index.Reader.Leaves);
        IBits live = leaf.AtomicReader.LiveDocs;
        foreach (IBits? accepted in new IBits?[] { live, null, new FixedBitSet([0b1011L], 4) })
        {
            var passing = Assert.IsType<FixedBitSet>(SpladeMoreLikeThis.AllBut(index.Reader, 3).GetDocIdSet(leaf, accepted));
            int[] expected = [.. Enumerable.Range(0, 4).Where(doc => doc != 3 && accepted?.Get(doc) != false)];
            Assert.Equal(expected, Enumerable.Range(0, 4).Where(passing.Get));
        }

        Assert.True(live.Get(3));
    }

    [Fact]
    public void Create_WhatIsNotThere_IsRefusedOrEmpty()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SpladeMoreLikeThis.Create(_index.Reader, 4, VectorIndex.Field));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpladeMoreLikeThis.Create(_index.Reader, 0, VectorIndex.Field, terms: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpladeMoreLikeThis.AllBut(_index.Reader, -1));
        Assert.Empty(SpladeMoreLikeThis.Create(_index.Reader, 0, "other").Vector);
    }

    public void Dispose() => _index.Dispose();
}

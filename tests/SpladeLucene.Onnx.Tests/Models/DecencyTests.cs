using SpladeLucene.Models;

namespace SpladeLucene.Onnx.Tests.Models;

/// <summary>What no text of the shipped models gets unless it speaks of such things itself.</summary>
public sealed class DecencyTests
{
    public static TheoryData<string, int> Models => new() { { "splade-tiny-en", 1 }, { "splade-small-en", 8 } };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task EncodeAsync_NeutralTexts_GetNoListedTerm(string model, int oneIn)
    {
        using OnnxSparseEncoder encoder = Load(model);
        string[] texts = [.. NeutralTexts.All.Where((_, i) => i % oneIn == 0)];

        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(texts);

        Assert.Empty(texts.Zip(vectors).SelectMany(pair => Listed(pair.Second)
            .Select(term => $"{pair.First}: {term.Term} {term.Weight:0.00}")));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EncodeQuery_ListedWord_BringsItsOwnKindAlone(string model, int oneIn)
    {
        Assert.True(oneIn > 0);
        using OnnxSparseEncoder encoder = Load(model);
        foreach (string word in new[] { "prostitute", "murder", "nazi", "terrorist" })
        {
            SparseVector vector = encoder.EncodeQuery(word);

            Assert.Contains(word, vector.Select(term => term.Term));
            Assert.All(vector, term => Assert.Equal(ListedTerms.Categories[word], CategoryOf(term.Term)));
        }
    }

    private static IEnumerable<SparseTerm> Listed(SparseVector vector) => vector.Where(term => CategoryOf(term.Term) is not null);

    private static string? CategoryOf(string term) => ListedTerms.Categories.GetValueOrDefault(term);

    private static OnnxSparseEncoder Load(string model) =>
        model == "splade-tiny-en" ? SpladeTinyEn.Load() : SpladeSmallEn.Load();
}

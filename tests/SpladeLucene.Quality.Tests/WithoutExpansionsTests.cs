using SpladeLucene.Onnx.Folder;

namespace SpladeLucene.Quality.Tests;

/// <summary>The control and the encoders around it.</summary>
public sealed class WithoutExpansionsTests
{
    private static string ModelFolder => Path.Combine(AppContext.BaseDirectory, "models", "splade-tiny-en");

    [Fact]
    public async Task Control_Text_KeepsItsOwnTerms()
    {
        using var model = new ModelUnderTest(ModelFolder);
        string[] texts = ["A canine sleeps.", "automobiles", ""];
        IReadOnlyList<SparseVector> control = await model.Control.EncodeAsync(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            SparseVector whole = model.Splade.Encode(texts[i]);
            Assert.Equal(model.Control.Encode(texts[i]), control[i]);
            Assert.All(control[i], term => Assert.Equal(whole.WeightOf(term.Term), term.Weight));
        }

        Assert.NotEqual(0, control[0].WeightOf("canine"));
        Assert.Equal(0, control[0].WeightOf("dog"));
        Assert.NotEqual(0, model.Splade.Encode(texts[0]).WeightOf("dog"));
        Assert.Empty(control[2]);
    }

    [Fact]
    public void Try_WordPairs_AsksBothDirectionsOfEach()
    {
        using var model = new ModelUnderTest(ModelFolder);
        IReadOnlyList<(string Written, string Wanted, bool Found)> tried = WordPairs.Try(model.Splade);
        Assert.Equal(48, tried.Count);
        Assert.Equal(48, tried.Select(pair => (pair.Written, pair.Wanted)).Distinct().Count());
        Assert.All(tried, pair => Assert.Contains(
            tried, other => (other.Wanted, other.Written) == (pair.Written, pair.Wanted)));
        Assert.True(tried.Count(pair => pair.Found) > 24);
    }
}

using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using SpladeLucene.Models;

namespace SpladeLucene.Onnx.Tests.Models;

/// <summary>What a query without a word that the models know finds: nothing, or exact words.</summary>
public sealed class NothingKnownTests
{
    private static readonly string[] Texts =
    [
        "Race conditions: two threads write the same variable, and the last one wins!!!",
        "The C language has pointers; so do C++ and C#.", "Vitamin C and iron in a winter diet.",
        "My dog is ill and will not eat.", "The the is a band.", "Commas, colons: punctuation; how to use it?",
        "Is it going to rain? Who knows.", "A loan of $5 at the corner shop.", "Where the river meets the sea.",
        "Mandarin tones for beginners: 我的 means my.",
    ];

    private static readonly string[] Unknown =
        ["!!!", "the", "?", "...", "of the and", "我的狗生病了", "привет", "😀", "", " \t\n"];

    [Theory]
    [InlineData("splade-tiny-en")]
    [InlineData("splade-small-en")]
    public void Search_NoWordThatIsKnown_FindsNothingAndSignsAroundALetterTheLetter(string model)
    {
        using OnnxSparseEncoder encoder = model == "splade-tiny-en" ? SpladeTinyEn.Load() : SpladeSmallEn.Load();
        using DirectoryReader reader = TestIndex.Of(Texts.Select(text => TestIndex.Document(
            new StoredField("text", text), new SpladeField("splade", encoder.Encode(text), encoder.Fingerprint))));

        Assert.All(Unknown, query => Assert.Empty(Search(reader, encoder, query)));
        string[] withLetter = [.. Texts.Where(text => text.Contains(" C ", StringComparison.Ordinal))];
        Assert.All(["C#", "C++"], query => Assert.Equivalent(withLetter, Search(reader, encoder, query), strict: true));
    }

    private static string[] Search(DirectoryReader reader, ISparseEncoder encoder, string text)
    {
        TopDocs found = new IndexSearcher(reader).Search(SpladeQuery.Create(reader, "splade", text, encoder), Texts.Length);
        return [.. found.ScoreDocs.Select(hit => reader.Document(hit.Doc).Get("text"))];
    }
}

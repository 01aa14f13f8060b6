using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests.Heads;

/// <summary>A word in pieces matches as a word.</summary>
public sealed class WordPairsTests
{
    private const string Settings = """{"wordsInPieces": "pairs", "wordEndings": "s ing"}""";

    private static readonly string[] Entries =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ham", "##ster", "##s", "cat", "em", "##ploy", "##ment", "##ing", "food"];

    [Fact]
    public void Encode_WordOfTwoPieces_IsOnePairThatWeighsWhatBothDo()
    {
        using ModelDirectory folder = Folder(Settings);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        SparseTerm pair = Assert.Single(encoder.Encode("a hamster"));
        Assert.Equal(("ham##ster", new SourceSpan(2, 9)), (pair.Term, pair.Span));
        double squares = Math.Pow(WeightOf("ham"), 2) + Math.Pow(WeightOf("##ster"), 2);
        Assert.Equal(Math.Sqrt(squares), pair.Weight, 1e-5);
        Assert.Equal(0, encoder.Encode("ham").Dot(encoder.Encode("hamster")));
    }

    [Fact]
    public void Encode_WordThatMatchesWhole_ScoresWhatItsPiecesScored()
    {
        using ModelDirectory folder = Folder(Settings), pieces = Folder("{}");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path), before = OnnxSparseEncoder.Load(pieces.Path);
        SparseVector word = encoder.Encode("employment");
        Assert.Equal(["##ploy##ment", "em##ploy"], word.Select(term => term.Term));
        SparseVector asPieces = before.Encode("employment");
        Assert.Equal(asPieces.Dot(asPieces), word.Dot(word), 1e-5);
    }

    [Theory]
    [InlineData("hamsters", "ham##ster")]
    [InlineData("cats", "cat")]
    [InlineData("catings", "cat")]
    [InlineData("hamster ham", "ham", "ham##ster")]
    [InlineData("employ cat employment", "##ploy##ment", "cat", "em##ploy")]
    [InlineData("hamstercat", "##ster##cat", "ham##ster")]
    public void Encode_Endings_SayNothingAndWholeWordsStay(string text, params string[] terms)
    {
        using ModelDirectory folder = Folder(Settings, "##cat");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(terms, encoder.Encode(text).Select(term => term.Term));
    }

    [Fact]
    public void Encode_LongFirstPiece_IsATermAsWell()
    {
        using ModelDirectory folder = Folder("""{"wordsInPieces": "pairs", "stemLetters": 3, "wordEndings": "s"}"""), pieces = Folder("{}");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path), before = OnnxSparseEncoder.Load(pieces.Path);
        SparseVector word = encoder.Encode("hamsters"), apart = before.Encode("hamster");
        Assert.Equal(["ham", "ham##ster"], word.Select(term => term.Term));
        Assert.Equal(apart.Dot(apart), word.Dot(word), 1e-5);
        Assert.Equal(WeightOf("ham"), encoder.Encode("hamster ham").WeightOf("ham"), 1e-5);
        Assert.Equal(["##ploy##ment", "em##ploy"], encoder.Encode("employment").Select(term => term.Term));
    }

    [Fact]
    public void Encode_FirstPieceThatAnotherWordBrings_Stays()
    {
        // food → ham, more than a hamster's own first piece weighs.
        using ModelDirectory folder = Folder(Settings);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Contains("ham", encoder.Encode("hamster food").Select(term => term.Term));
        Assert.DoesNotContain("ham", encoder.Encode("hamster cat").Select(term => term.Term));
    }

    [Fact]
    public void EncodeQuery_Pair_IsNoExpansion()
    {
        using ModelDirectory folder = Folder("""{"wordsInPieces": "pairs", "queryExpansionWeight": 0.5}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Equal(encoder.Encode("hamster")[0].Weight, encoder.EncodeQuery("hamster")[0].Weight);
    }

    [Fact]
    public void EncodeQuery_PairThatIsRepeated_CountsAsAWordDoes()
    {
        using ModelDirectory folder = Folder("""{"wordsInPieces": "pairs", "queryTermSaturation": 2}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        float once = encoder.EncodeQuery("hamster").WeightOf("ham##ster");
        Assert.Equal(once * 6 / 4, encoder.EncodeQuery("hamster hamster").WeightOf("ham##ster"), 1e-6);
    }

    [Fact]
    public void InferenceFreeQuery_HasThePairsOfTheDocuments()
    {
        using ModelDirectory folder = Folder(Settings).With("idf.json", """{"ham": 3, "##ster": 4, "cat": 1}""");
        using OnnxSparseEncoder documents = OnnxSparseEncoder.Load(folder.Path);
        using InferenceFreeQueryEncoder queries = InferenceFreeQueryEncoder.Load(folder.Path),
            table = InferenceFreeQueryEncoder.LoadTable(folder.Path, documents.Fingerprint);
        Assert.Equal([("cat", 1f), ("ham##ster", 5f)], queries.Encode("hamsters cat").Select(term => (term.Term, term.Weight)));
        Assert.Equal(queries.Encode("hamsters cat"), table.Encode("hamsters cat"));
    }

    [Theory]
    [InlineData("{}", Settings, "'wordsInPieces' is \"pairs\", and the documents' words match by each of their pieces")]
    [InlineData(Settings, "{}", "'wordsInPieces' isn't said, and the documents' words match by pairs of pieces")]
    [InlineData(Settings, """{"wordsInPieces": "pairs", "wordEndings": "s"}""", "'wordEndings' or 'stemLetters' is another than the documents'")]
    public void InferenceFreeQuery_TableOfOtherPairs_IsRefused(string documents, string table, string reason)
    {
        using ModelDirectory made = Folder(documents), queries = Folder(table).With("idf.json", """{"ham": 3}""");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(made.Path);

        var refused = Assert.Throws<ModelLoadException>(() => InferenceFreeQueryEncoder.LoadTable(queries.Path, encoder.Fingerprint));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("splade.json", refused.Message[..refused.Message.IndexOf(':', StringComparison.Ordinal)], StringComparison.Ordinal);
        InferenceFreeQueryEncoder.LoadTable(queries.Path, encoder.Fingerprint with { Head = "unknown" }).Dispose();
    }

    [Fact]
    public void Fingerprint_PairsOrOtherEndings_DoNotCompare()
    {
        ModelFingerprint[] all = [.. new[] { "{}", Settings, """{"wordsInPieces": "pairs"}""" }.Select(settings =>
        {
            using ModelDirectory folder = Folder(settings);
            using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
            Assert.True(ModelFingerprint.TryParse(encoder.Fingerprint.ToString(), out ModelFingerprint? read));
            Assert.Equal(encoder.Fingerprint, read);
            return encoder.Fingerprint;
        })];
        Assert.Equal("max-log1p-relu", all[0].Head);
        Assert.All(all.SelectMany((one, i) => all.Skip(i + 1).Select(other => (one, other))), pair => Assert.False(pair.one.Matches(pair.other)));
    }

    [Theory]
    [InlineData("""{"wordEndings": "s"}""", "'wordEndings'")]
    [InlineData("""{"wordsInPieces": "words"}""", "\"pairs\"")]
    [InlineData("""{"wordsInPieces": "pairs", "wordEndings": "ed ##s"}""", "letters and digits")]
    [InlineData("""{"wordsInPieces": "pairs", "wordEndings": ["s"]}""", "a string")]
    [InlineData("""{"wordsInPieces": "pairs", "stemLetters": 0}""", "1 to 1000")]
    [InlineData("""{"stemLetters": 4}""", "'stemLetters'")]
    public void Load_SettingThatMeansNothing_IsRefused(string json, string reason)
    {
        using ModelDirectory folder = Folder(json);
        folder.AssertRefused("splade.json", reason);
    }

    private static double WeightOf(string entry) => Math.Log(1 + Array.IndexOf(Entries, entry));

    // Each token weighs log(1 + its id), and food brings ham as well.
    private static ModelDirectory Folder(string json, params string[] more)
    {
        string[] entries = [.. Entries, .. more];
        float[] table = new float[entries.Length * entries.Length];
        for (int id = 5; id < entries.Length; id++) table[(id * entries.Length) + id] = id;
        table[(Array.IndexOf(entries, "food") * entries.Length) + Array.IndexOf(entries, "ham")] = 20;
        OnnxModel graph = new OnnxModel().Input("input_ids").Constant("table", table, entries.Length, entries.Length)
            .Node("Gather", ["table", "input_ids"], "logits").Output("logits", "texts", "tokens", $"{entries.Length}");
        return new ModelDirectory().With("model.onnx", graph.ToArray()).With("vocab.txt", string.Join('\n', entries) + "\n")
            .With("splade.json", json);
    }
}

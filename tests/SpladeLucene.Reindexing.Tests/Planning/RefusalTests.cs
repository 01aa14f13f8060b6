using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

public sealed partial class RefusalTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    private string Source => _sandbox.Source;

    private string Target => _sandbox.Target;

    [Fact]
    public async Task PlanAsync_FieldIsNotThere_NamesThoseThatAre()
    {
        _sandbox.AddSegments(["dog"]);

        foreach ((string name, string hint) in new[]
        {
            ("bodi", " (did you mean 'body'?)"), ("Body", " (did you mean 'body'?)"), ("headline", ""),
            ("id,body", " ('id' and 'body' are fields, each to be named by itself)"), ("id,headline", ""),
            (new string('b', 40_000), ""),
        })
        {
            ReindexPlan plan = await _sandbox.PlanAsync(new ReindexMapping(name, "body_splade"));

            Assert.Equal([$"The source '{Source}' has no field '{name}'{hint}; it has 'body', 'id'."],
                plan.Problems.Select(one => one.ToString()));
            // No document was read: nothing is known of what is stored.
            Assert.All(plan.Fields, one => Assert.Null(one.IsStored));
        }
    }

    [Fact]
    public async Task PlanAsync_FieldIsNotStored_Refuses()
    {
        _sandbox.Write(writer => writer.AddDocument(
            TestIndex.Document(new TextField("body", "dog", Field.Store.NO), new StoredField("n", 1))));

        await AssertRefusedAsync($"The field 'body' is not stored in any document of '{Source}', so its text isn't there to "
            + "encode. ReindexOptions.TextOf can supply it.");
    }

    [Fact]
    public async Task PlanAsync_FieldIsStoredAsNumbers_RefusesAlsoWhereMissingTextsAreSkipped()
    {
        _sandbox.Write(writer => writer.AddDocument(TestIndex.Document(new Int32Field("body", 7, Field.Store.YES))));
        _sandbox.Options = new ReindexOptions { SkipMissingText = true };

        await AssertRefusedAsync($"The field 'body' of '{Source}' is stored as numbers or bytes, and only text is encoded. "
            + "ReindexOptions.TextOf can supply it.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PlanAsync_AllTextsAreBlank_RefusesAlsoWhereMissingTextsAreSkipped(bool someAreMissing)
    {
        _sandbox.AddSegments(["", " \n"], ["\t", someAreMissing ? null : ""]);
        _sandbox.Options = new ReindexOptions { SkipMissingText = true };

        ReindexProblem problem = Assert.Single((await _sandbox.PlanAsync()).Problems);

        Assert.Equal(ReindexProblemKind.TextBlank, problem.Kind);
        Assert.Equal($"No text for body -> body_splade in '{Source}' has more than blanks, in {(someAreMissing ? 3 : 4)} documents: "
            + "there is nothing to encode. Name a field that has texts.", problem.ToString());
    }

    [Fact]
    public async Task PlanAsync_OneTextIsNotBlank_GoesOn()
    {
        _sandbox.AddSegments([""], ["dog"]);

        Assert.True((await _sandbox.PlanAsync()).CanRun);
        Assert.Equal(2, (await _sandbox.RunAsync()).Documents);
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("9", "")));
        Assert.Equal(3, (await _sandbox.RunAsync()).Documents);
    }

    [Fact]
    public async Task PlanAsync_IndexOfLucene2_IsTooOld()
    {
        System.IO.Directory.CreateDirectory(Source);
        File.WriteAllBytes(Path.Combine(Source, "segments"), new byte[20]);

        await AssertRefusedAsync($"The index in '{Source}' is too old: Lucene.NET 4.8 reads what Lucene 3.0 or later wrote "
            + "(it was written by Lucene 2.0 or before).");
    }

    // Without a segment nothing in it says so but the form of the list.
    [Fact]
    public async Task PlanAsync_EmptyIndexOfLucene21_IsTooOld()
    {
        System.IO.Directory.CreateDirectory(Source);
        File.WriteAllBytes(Path.Combine(Source, "segments_1"), [0xFF, 0xFF, 0xFF, 0xFD, .. new byte[16]]);

        await AssertRefusedAsync($"The index in '{Source}' is too old: Lucene.NET 4.8 reads what Lucene 3.0 or later wrote "
            + "(it was written by Lucene 2.4 or before).");
    }

    [Fact]
    public async Task PlanAsync_TextsAreMissing_CountsThemAndNamesTheFirst()
    {
        _sandbox.AddSegments(["dog", "cat"], ["bird", null, null]);

        await AssertRefusedAsync("2 of 5 documents have no stored text for body -> body_splade, the first being document 1 "
            + "of segment _1. ReindexOptions.SkipMissingText carries them over without a vector.");
    }

    [Fact]
    public async Task PlanAsync_TargetIsForeign_Refuses()
    {
        _sandbox.AddSegments(["dog"]);
        System.IO.Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "letter.txt"), "dear");
        await AssertRefusedAsync($"The target folder '{Target}' is not empty and holds no index.");

        string other = _sandbox.In("other");
        _sandbox.Write(writer => writer.AddDocument(Sandbox.Document("0", "dog")), other);
        await AssertRefusedAsync($"The target '{other}' holds an index that no migration has made.", other);

        string file = _sandbox.In("file");
        File.WriteAllText(file, "dear");
        await AssertRefusedAsync($"The target '{file}' is a file.", file);
    }

    [Fact]
    public async Task PlanAsync_TargetHasAnotherModelsVectors_NamesBoth()
    {
        _sandbox.AddSegments(["dog"]);
        await _sandbox.RunAsync();
        string before = Fingerprint();
        _sandbox.Encoder = new CountingEncoder("others");

        await AssertRefusedAsync($"The target '{Target}' has a field 'body_splade' with vectors that were made with {before}; "
            + $"this migration makes them with {Fingerprint()}, and the two can't be compared.");
    }

    [Fact]
    public async Task PlanAsync_SourceHasTheField_Refuses()
    {
        _sandbox.AddSegments(["dog"]);
        ReindexPlan plan = await _sandbox.PlanAsync(new ReindexMapping("body", "id"));
        Assert.Equal([$"The source '{Source}' already has a field 'id': give the new one another name."], plan.Problems.Select(one => one.ToString()));

        _sandbox.Write(writer => writer.AddDocument(TestIndex.Document(new SpladeField(
            "body_splade", SparseVector.Empty, new CountingEncoder("others").Fingerprint))));
        string there = Fingerprint(new CountingEncoder("others"));
        await AssertRefusedAsync($"The source '{Source}' has a field 'body_splade' with vectors that were made with {there}; "
            + $"this migration makes them with {Fingerprint()}, and the two can't be compared.");
    }

    [Fact]
    public async Task PlanAsync_ATextOfTheSampleCannotBeEncoded_NamesTheDocument()
    {
        _sandbox.AddSegments(["dog", "cat"]);
        _sandbox.Encoder.BadText = "cat";

        await AssertRefusedAsync("Document 1 of segment _0 can't be encoded: it is bad for the text at index 1.");
    }

    [Fact]
    public async Task PlanAsync_EncoderGivesTheSampleUpByItself_IsNoCancellation()
    {
        _sandbox.AddSegments(["dog"]);
        _sandbox.Encoder.BeforeBatch = _ => throw new TaskCanceledException("The request timed out.");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _sandbox.PlanAsync());
    }

    [Fact]
    public async Task PlanAsync_EncoderReturnsMoreVectorsThanTexts_IsRefused()
    {
        _sandbox.AddSegments(["dog"]);
        _sandbox.Encoder.Extra = 1;

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => _sandbox.PlanAsync());

        Assert.Equal("The encoder was given 1 texts and returned 2 vectors.", problem.Message);
    }

    [Fact]
    public async Task PlanAsync_ArgumentsThatMakeNoSense_Throw()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _sandbox.Reindexer.PlanAsync(Source, Target, []));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _sandbox.Reindexer.PlanAsync(Source, Target, [Sandbox.Body, Sandbox.Body]));
        await Assert.ThrowsAsync<ArgumentException>(() => _sandbox.Reindexer.PlanAsync(" ", Target, [Sandbox.Body]));
        Assert.Throws<ArgumentException>(() => new ReindexMapping(["a", "a"], "b"));
    }

    public void Dispose() => _sandbox.Dispose();

    private string Fingerprint(CountingEncoder? encoder = null) => new SpladeFingerprint(
        (encoder ?? _sandbox.Encoder).Fingerprint, ImpactQuantizer.DefaultRange, WeightEncoding.Payload).ToString();

    // A refused plan is no plan to run, and leaves nothing behind.
    private async Task AssertRefusedAsync(string problem, string? target = null)
    {
        bool worked = System.IO.Directory.Exists(_sandbox.Working);
        ReindexPlan plan = await _sandbox.Reindexer.PlanAsync(Source, target ?? Target, [Sandbox.Body]);

        Assert.Equal([problem], plan.Problems.Select(one => one.ToString()));
        Assert.False(plan.CanRun);
        var refusal = await Assert.ThrowsAsync<ReindexRefusedException>(() => _sandbox.Reindexer.RunAsync(plan));
        Assert.Equal(problem, refusal.Message);
        Assert.Equal(worked, System.IO.Directory.Exists(_sandbox.Working));
    }
}

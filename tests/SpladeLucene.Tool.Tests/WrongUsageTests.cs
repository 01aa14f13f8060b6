using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

/// <summary>Each command is used wrongly in each way that there is: all end with a sentence and the code that is documented.</summary>
public sealed class WrongUsageTests : IDisposable
{
    /// <summary>Lines that work, over what <see cref="PrepareAsync"/> makes; what they make lies in <c>made</c>.</summary>
    private static readonly string[] Lines =
    [
        "reindex old made --from text --to splade --model words",
        "index collection/corpus.jsonl made --model words",
        "search there dog --field splade --model words",
        "inspect there",
        "encode dog --model words",
        "compare there collection --field splade --words text --model words --to made.html",
        "eval qrels.tsv one.run two.run",
        "calibrate collection --model words",
        "import vectors.jsonl made --format json --to splade",
        "export collection --model words --format json --to made.jsonl",
        "export there --format qdrant --vocabulary made.txt --to made.jsonl",
        "model inspect splade-tiny-en",
        "model fuse splade-tiny-en made",
        "completion bash",
    ];

    // What a fused model is made of is told by its own tests.
    private static readonly string[] Refused = ["model fuse splade-tiny-en made"];

    private static readonly string[] Inputs = ["collection/corpus.jsonl", "collection", "there", "old", "qrels.tsv", "one.run", "vectors.jsonl", "splade-tiny-en"];

    private readonly TemporaryFolder _folder = new();

    private int _runs;

    public static TheoryData<string> All => [.. Lines];

    public static TheoryData<string> WithModels => [.. Lines.Where(line => line.Contains("--model", StringComparison.Ordinal))];

    public static TheoryData<string> WithInputs => [.. Lines.Where(line => line.Split(' ').Intersect(Inputs).Any())];

    public static TheoryData<string> WithTargets => [.. Lines.Where(line => line.Contains("made", StringComparison.Ordinal))];

    public static TheoryData<string> WithWork => [.. Lines.Where(line => !line.StartsWith("model", StringComparison.Ordinal) && !line.StartsWith("comp", StringComparison.Ordinal))];

    [Fact]
    public async Task Lines_OfEachCommand_AreThereAndWork()
    {
        string[] suggested = (await ToolRun.Of("[suggest:7]", "splade ")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(suggested.Where(word => word[0] != '-').Order(StringComparer.Ordinal),
            Lines.Select(line => line.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal));
        foreach (string line in Lines.Except(Refused)) Assert.Equal((line, 0), (line, (await Run(line)).ExitCode));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Run_OptionThatIsMisspelt_IsRefusedToPeopleAndPrograms(string line)
    {
        ToolRun told = await Run(line + " --jsno"), program = await Run(line + " --jsno --json");

        RequireSentence(told, 2, "'--jsno'");
        Assert.Equal((2, ""), (program.ExitCode, program.Errors));
        Assert.Equal(("error", "refused"), (program.Object("error").GetProperty("type").GetString(), program.Object("error").GetProperty("kind").GetString()));
        Assert.Contains("'--jsno'", Assert.Single(program.Objects).GetProperty("sentences")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Run_AnyOptionWithoutItsValue_EndsInASentence(string line)
    {
        string command = string.Join(' ', line.Split(' ').TakeWhile((word, i) => i == 0 || (i == 1 && line.StartsWith("model", StringComparison.Ordinal))));
        string asked = $"splade {command} --";
        ToolRun suggested = await ToolRun.Of($"[suggest:{asked.Length}]", asked);

        foreach (string option in suggested.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(["--help", "--json"]))
        {
            ToolRun run = await Run($"{line} {option}"), number = await Run($"{line} {option} x1x");
            RequireSentence(run, run.ExitCode, "");
            RequireSentence(number, number.ExitCode, "");
        }
    }

    [Theory]
    [MemberData(nameof(WithInputs))]
    public async Task Run_InputThatIsMissingOrEmpty_IsRefusedByItsName(string line)
    {
        string input = line.Split(' ').First(Inputs.Contains);
        await PrepareAsync();

        foreach (string wrong in new[] { "nowhere", "empty" })
        {
            ToolRun told = await Run(line.Replace($" {input}", $" {wrong}", StringComparison.Ordinal));
            ToolRun program = await Run(line.Replace($" {input}", $" {wrong}", StringComparison.Ordinal) + " --json");

            RequireSentence(told, 2, wrong);
            Assert.Equal(2, program.ExitCode);
            Assert.True(program.Errors.Length == 0 && program.Objects.Count > 0, program.Output + program.Errors);
        }
    }

    [Theory]
    [MemberData(nameof(WithModels))]
    public async Task Run_ModelThatIsNone_IsRefusedByItsName(string line)
    {
        RequireSentence(await Run(line.Replace("--model words", "--model no-model", StringComparison.Ordinal)), 2, "no-model: there is no such folder");
        RequireSentence(await Run(line.Replace("--model words", "--model empty", StringComparison.Ordinal)), 2, "empty");
    }

    // As a file in a folder's place can't be written below, whoever asks.
    [Theory]
    [MemberData(nameof(WithTargets))]
    public async Task Run_TargetThatCannotBeWritten_EndsInASentence(string line)
    {
        string target = line.Split(' ').First(word => word.StartsWith("made", StringComparison.Ordinal));

        ToolRun below = await Run(line.Replace(target, "one.run/" + target, StringComparison.Ordinal));
        ToolRun there = await Run(line.Replace(target, "taken", StringComparison.Ordinal));

        RequireSentence(below, below.ExitCode, "");
        RequireSentence(there, there.ExitCode, "");
        Assert.All([below.ExitCode, there.ExitCode], code => Assert.InRange(code, 1, 2));
    }

    /// <summary>A place where nobody may make anything, not even who may do everything.</summary>
    [LinuxTheory]
    [MemberData(nameof(WithTargets))]
    public async Task Run_ReadOnlyTarget_Fails(string line)
    {
        string target = line.Split(' ').First(word => word.StartsWith("made", StringComparison.Ordinal));
        ToolRun run = await Run(line.Replace(target, "/sys/kernel/" + target, StringComparison.Ordinal));

        RequireSentence(run, run.ExitCode, "");
        Assert.InRange(run.ExitCode, 1, 2);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), said => !said.StartsWith("Reading ", StringComparison.Ordinal));
        // The plan of a migration says what would have been done, and comes before anything is.
        if (!line.StartsWith("reindex", StringComparison.Ordinal)) Assert.Empty(run.Output);
    }

    [Theory]
    [MemberData(nameof(WithWork))]
    public async Task Run_Stopped_Ends130(string line)
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        ToolRun told = await Run(line, stopped.Token), program = await Run(line + " --json", stopped.Token);

        Assert.Equal((line, 130, 130), (line, told.ExitCode, program.ExitCode));
        Assert.Contains("Stopped.", told.Errors, StringComparison.Ordinal);
        Assert.Equal("stopped", program.Object("error").GetProperty("kind").GetString());
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireSentence(ToolRun run, int exitCode, string named)
    {
        string said = run.Output + run.Errors;
        Assert.True(run.ExitCode == exitCode && exitCode is 0 or 1 or 2, $"{run.ExitCode}: {said}");
        // What keeps a model from loading is the very result of 'model inspect'.
        string sentence = run.Output.StartsWith("files", StringComparison.Ordinal) ? run.Output : run.Errors;
        if (exitCode != 0) Assert.Contains(named, sentence, StringComparison.Ordinal);
        if (exitCode != 0) Assert.Matches(@"\S \S", sentence);
        Assert.DoesNotContain("(Parameter", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
    }

    // Names become paths of the folder; each run makes something else.
    private async Task<ToolRun> Run(string line, CancellationToken cancellation = default)
    {
        await PrepareAsync();
        string made = $"made{_runs++}";
        IEnumerable<string> words = line.Split(' ').Select(word =>
            word is "nowhere" or "empty" or "taken" or "two.run" || word.StartsWith("one.run", StringComparison.Ordinal)
            || (Inputs.Contains(word) && word != "splade-tiny-en") || word.StartsWith("made", StringComparison.Ordinal)
                ? _folder.PathOf(word.Replace("made", made, StringComparison.Ordinal)) : word);
        return await ToolRun.Of(Load, terminal: false, cancellation, [.. words]);
    }

    private static ISparseEncoder Load(string model) => model == "words" ? new WordEncoder()
        : Onnx.OnnxSparseEncoder.Load(CarriedModels.FolderOf(model));

    private async Task PrepareAsync()
    {
        if (Directory.Exists(_folder.PathOf("empty"))) return;
        Directory.CreateDirectory(_folder.PathOf("collection"));
        _folder.Write("collection/corpus.jsonl", """{"_id":"1","text":"a dog sleeps"}""" + "\n" + """{"_id":"2","text":"a cat"}""" + "\n");
        _folder.Write("collection/queries.jsonl", """{"_id":"q1","text":"dog"}""" + "\n");
        _folder.Write("collection/qrels.txt", "q1 0 1 1\n");
        _folder.Write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\t1\t1\n");
        foreach (string name in new[] { "one", "two" }) _folder.Write($"{name}.run", $"q1 Q0 1 1 2.5 {name}\n");
        _folder.Write("vectors.jsonl", """{"id":"1","text":"dog","vector":{"dog":1.5}}""" + "\n");
        Directory.CreateDirectory(_folder.PathOf("taken"));
        _folder.Write("taken/file", "");
        ToolRun made = await ToolRun.Of("index", _folder.PathOf("collection"), _folder.PathOf("there"), "--model", "words");
        ToolRun old = await ToolRun.Of("index", _folder.PathOf("collection"), _folder.PathOf("old"), "--model", "words", "--to", "other");
        Assert.Equal((0, 0), (made.ExitCode, old.ExitCode));
        Directory.CreateDirectory(_folder.PathOf("empty"));
    }
}

using SpladeLucene.Tool.Tests.Support;

namespace SpladeLucene.Tool.Tests;

/// <summary>Each word of each command is replaced by words that mean nothing: all end in a sentence of the command's own.</summary>
public sealed class WrongWordsTests : IDisposable
{
    private static readonly string[] Commands =
    [
        "reindex {0}/index {0}/new --from text --to added --model words",
        "index {0}/corpus.jsonl {0}/new --model words --from text --to splade --id _id --skip title",
        "search {0}/index dog --field splade --words text --from text --explain --show text --model words",
        "search {0}/index dog --field splade --table {0}/table",
        "inspect {0}/index",
        "encode dog --model words",
        "compare {0}/index {0} --field splade --words text --from text --model words --qrels {0}/qrels.tsv --id id --show text --to {0}/page.html --runs {0}/runs",
        "eval {0}/qrels.tsv {0}/bm25.run {0}/bm25.run --measure nDCG@10",
        "calibrate {0} --model words --only kind=some",
        "import {0}/vectors.jsonl {0}/new --format json --to splade --name some --vector vector --skip more",
        "import {0}/vectors.jsonl {0}/new --format json --to splade --model words",
        "export {0} --model words --format json --to {0}/export.jsonl",
        "model inspect {0}/model --graph model.onnx",
        "model fuse {0}/model {0}/new --graph model.onnx",
    ];

    private static readonly string[] NoWord = ["", " ", "nul\0inside"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> All => [.. Commands];

    private string[] WrongWords =>
    [
        "title,text", _folder.PathOf("missing"), _folder.PathOf("noise"), _folder.PathOf("empty"), _folder.PathOf("index"),
        _folder.PathOf(new string('n', 250)), _folder.PathOf(new string('n', 300)), new string('n', 40_000),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Run_AWordThatIsNone_IsRefusedByItsName(string command)
    {
        string[] args = command.Split(' ');
        foreach (int place in Places(args))
        {
            foreach (string word in NoWord)
            {
                ToolRun run = await RunAsync(command, place, word);

                Assert.Equal(2, run.ExitCode);
                Assert.Matches(word.Trim().Length == 0 ? @"\S+ is empty\." : "has a NUL character in it", run.Errors);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Run_AWordThatMeansNothing_EndsInASentence(string command)
    {
        foreach (int place in Places(command.Split(' ')))
        {
            foreach (string word in WrongWords) await RunAsync(command, place, word);
        }
    }

    [Theory]
    [InlineData("reindex {0}/index {0}/{1} --from text --to added --model words", 250)]
    [InlineData("index {0}/corpus.jsonl {0}/{1} --model words", 230)]
    [InlineData("import {0}/vectors.jsonl {0}/{1} --format json --to splade", 230)]
    public async Task Run_NameThatNoFolderCanHave_IsRefusedBeforeAnythingIsRead(string command, int length)
    {
        await PrepareAsync();
        bool loaded = false;

        ToolRun run = await ToolRun.Of(_ => new StoppingEncoder(0, () => loaded = true, () => true),
            [.. command.Split(' ').Select(word => string.Format(null, word, _folder.Root, new string('n', length)))]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a name that is too long", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("encodes", run.Output, StringComparison.Ordinal);
        Assert.False(loaded);
    }

    public void Dispose() => _folder.Dispose();

    // Words that stand for something of the caller's own.
    private static IEnumerable<int> Places(string[] args) => Enumerable.Range(1, args.Length - 1).Where(place =>
        !args[place].StartsWith('-') && args[place] is not ("inspect" or "fuse") && args[place - 1] is not ("--format" or "encode")
        && args[place] != "dog");

    private async Task<ToolRun> RunAsync(string command, int place, string word)
    {
        await PrepareAsync();
        string[] args = [.. command.Split(' ').Select(one => string.Format(null, one, _folder.Root))];
        args[place] = word;

        ToolRun run = await ToolRun.Of(Load, args);

        string said = run.Output + run.Errors, where = string.Join(' ', args.Select(one => one.Length > 300 ? one[..9] + "…" : one));
        Assert.True(run.ExitCode is 0 or 1 or 2, where);
        Assert.False(said.Contains("(Parameter", StringComparison.Ordinal), $"{where}: {said}");
        Assert.False(said.Contains("   at ", StringComparison.Ordinal), $"{where}: {said}");
        Assert.False(said.Contains("Exception", StringComparison.Ordinal), $"{where}: {said}");
        return run;
    }

    private static ISparseEncoder Load(string model) => model == "words" ? new WordEncoder()
        : Onnx.OnnxSparseEncoder.Load(CarriedModels.FolderOf(model));

    // What a run may have made is taken away.
    private async Task PrepareAsync()
    {
        string[] places = ["new", "runs", new string('n', 250)];
        foreach (string old in places.Select(_folder.PathOf).Where(Directory.Exists)) Directory.Delete(old, recursive: true);
        if (Directory.Exists(_folder.PathOf("index"))) return;
        _folder.Write("corpus.jsonl", """{"_id":"1","title":"Dogs","text":"a dog sleeps"}""" + "\n" + """{"_id":"2","title":"Cats","text":"a cat"}""" + "\n");
        _folder.Write("queries.jsonl", """{"_id":"q1","text":"dog","metadata":{"kind":"some"}}""" + "\n");
        _folder.Write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\t1\t1\n");
        _folder.Write("bm25.run", "q1 Q0 1 1 2.5 bm25\n");
        _folder.Write("vectors.jsonl", """{"id":"1","text":"dog","more":1,"vector":{"dog":1.5}}""" + "\n");
        File.WriteAllBytes(_folder.PathOf("noise"), [0, 255, 1, 254, 10, 13, 0]);
        Directory.CreateDirectory(_folder.PathOf("empty"));
        ToolRun made = await ToolRun.Of("index", _folder.PathOf("corpus.jsonl"), _folder.PathOf("index"), "--model", "words");
        Assert.Equal(0, made.ExitCode);
    }
}

using System.CommandLine;
using SpladeLucene.Tool.Completing;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Reindexing;

/// <summary>The words of <c>splade reindex</c>.</summary>
internal static class ReindexCommand
{
    private const string ResumeName = "--resume";
    private const string Frequency = "frequency";

    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        Everything else of the index (postings, norms, payloads, doc values, term vectors, stored fields) is carried over as
        it is: BM25 scores stay equal to the bit, to those that SOURCE has once its deletions are expunged. Beside FIELD a
        column FIELD.sha256 is added, by which a later run finds what has changed. SOURCE is only read and may be in use.
        TARGET appears when it is complete. Stopped in any way, the same command goes on where it was. On a complete TARGET
        it brings over what has changed in SOURCE since, encoding only that. Up to a tenth of the documents of a segment that stays
        are only marked as deleted then, and count in the statistics of BM25; with --max-deleted 0 in every run such a segment
        is written anew, and scores stay those of SOURCE with its deletions expunged.

        Exit codes: 0 done, 1 failed on the way, 2 refused before anything was begun, 130 stopped by Ctrl-C.

        Example: splade reindex old-index new-index --from title --from body --to body_splade --model splade-tiny-en

        """;

    public static Command Create(
        IReadOnlyList<string> args, ToolConsole console, Func<string, ISparseEncoder> load)
    {
        Argument<string> source = Folder("SOURCE", "The folder of the index that exists.");
        Argument<string> target = Folder("TARGET", "The folder of the new index.");
        Option<string[]> from = Named<string[]>("--from", "FIELD",
            "A stored field whose text is encoded. Several are joined, in this order: --from title --from body.");
        Option<string> to = Named<string>("--to", "FIELD", "The SPLADE field that is added.");
        Option<string> model = SharedOptions.Model();
        var encoding = new Option<string>("--encoding")
        {
            HelpName = $"payload|{Frequency}", DefaultValueFactory = _ => "payload",
            Description = "How weights are written: a byte with each posting, or as term frequencies.",
        };
        encoding.CompletionSources.Add("payload", Frequency);
        encoding.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("payload" or Frequency) and var word }])
                result.AddError($"--encoding is payload or {Frequency}, not '{word}'.");
        });
        Option<bool> offsets = Flag("--offsets", "Index where each weight comes from, so that matches lead to words.");
        Option<bool> skipMissing = Flag("--skip-missing", "Carry documents without text over without a vector.");
        Option<double?> maxDeleted = NumberOption.Create("--max-deleted", "SHARE", "a number from 0 to 1", 0.0, 1.0,
            "The share of a segment's documents that catching up may leave marked as deleted; 0.1 unless said.");
        Option<bool> dryRun = Flag("--dry-run", "Say what would be done, and how long it takes, and stop.");
        Option<bool> resume = Flag(ResumeName, "Go on with an interrupted run; refuse where there is none.");
        Option<bool> json = SharedOptions.Json();
        var command = new Command("reindex", "Adds a SPLADE field to an index that exists, losing nothing.")
        {
            source, target, from, to, model, encoding, offsets, skipMissing, maxDeleted, dryRun, resume, json,
        };
        FieldNames.Complete(source, from);
        command.AddCheck(result =>
        {
            if (result.GetValue(offsets) && result.GetValue(encoding) == Frequency)
                result.AddError($"--offsets goes with --encoding payload, not with {Frequency}.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            var asked = new ReindexRequest(parsed.GetRequiredValue(source), parsed.GetRequiredValue(target),
                parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetRequiredValue(model))
            {
                Format = new ImpactFormat
                {
                    Encoding = parsed.GetValue(encoding) == Frequency
                        ? WeightEncoding.TermFrequency
                        : WeightEncoding.Payload,
                    Offsets = parsed.GetValue(offsets),
                },
                SkipMissing = parsed.GetValue(skipMissing),
                DryRun = parsed.GetValue(dryRun),
                Resume = parsed.GetValue(resume),
                ToResume = ToResume(args),
            };
            ReindexRequest request = parsed.GetValue(maxDeleted) is { } share ? asked with { MaxDeletedShare = share } : asked;
            IReindexReport report = parsed.GetValue(json)
                ? new JsonReport(console.Out.Profile.Out.Writer)
                : new TextReport(console, request);
            return new ReindexSession(request, load, report).RunAsync(cancellation);
        });
        return command;
    }

    // A misspelt option would else be taken for a folder.
    private static Argument<string> Folder(string name, string description)
    {
        var folder = new Argument<string>(name) { Description = description };
        folder.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] and var word }])
                result.AddError($"There is no option '{word}'. A folder of that name is ./{word}.");
        });
        return folder;
    }

    private static Option<T> Named<T>(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Required = true };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static string ToResume(IReadOnlyList<string> args)
    {
        IEnumerable<string> words = args.Contains(ResumeName, StringComparer.Ordinal) ? args : [args[0], ResumeName, .. args.Skip(1)];
        return "splade " + string.Join(' ', words.Select(Quoted));
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./\\:=+,~".Contains(letter))
            ? word
            : $"\"{word}\"";
}

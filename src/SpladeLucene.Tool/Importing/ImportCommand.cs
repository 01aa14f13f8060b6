using System.CommandLine;
using System.CommandLine.Parsing;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Importing;

/// <summary>The words of <c>splade import</c>.</summary>
internal static class ImportCommand
{
    private const string Whole = "whole", Real = "real";

    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        No model is run. VECTORS is a file, or a folder of .jsonl, .json, .ndjson, .tsv or .txt files, each perhaps with .gz. INDEX
        appears when it is complete. 'id' and 'text' become fields of these names, the words of the text are indexed too, and
        what else a document says is stored. 'splade search --table FOLDER' weighs the queries, or
        '--model MODEL' if it is said here too.

        Exit codes: 0 done, 1 failed on the way, 2 refused, 130 stopped by Ctrl-C. But for 0, nothing is left behind.

        Example: splade import vectors.jsonl.gz imported --format anserini --to splade

        """;

    public static Command Create(ToolConsole console, Func<string, ISparseEncoder> load)
    {
        var vectors = new Argument<string>("VECTORS") { Description = "A file of vectors, or a folder of such files." };
        var index = new Argument<string>("INDEX") { Description = "The folder of the new index." };
        var options = new Options();
        var command = new Command("import", "Makes an index of vectors that were encoded elsewhere.") { vectors, index };
        foreach (Option option in options.All) command.Add(option);
        command.AddCheck(options.Check);
        command.SetAction((parsed, cancellation) =>
        {
            IImportReport report = parsed.GetValue(options.Json)
                ? new ImportJson(console.Out.Profile.Out.Writer) : new ImportText(console);
            ImportRequest request = options.Request(parsed, parsed.GetRequiredValue(vectors), parsed.GetRequiredValue(index));
            return Task.Run(() => RunAsync(new ImportSession(request, load, report).RunAsync, report, cancellation), CancellationToken.None);
        });
        return command;
    }

    /// <summary>Runs what makes an index, and tells how it ended.</summary>
    public static Task<int> RunAsync(Func<CancellationToken, Task> make, IImportReport report, CancellationToken cancellation) =>
        Ladder.RunAsync(report.Ended, () => make(cancellation));

    /// <summary>The options, and what they say together.</summary>
    private sealed class Options
    {
        private readonly Option<string> _format = OneOf("--format", [.. VectorSource.All.Select(source => source.Name)],
            string.Join("; ", VectorSource.All.Select(source => $"{source.Name}: {source.Description}")) + ".");

        private readonly Option<string> _to = new("--to") { HelpName = "FIELD", Required = true, Description = "The SPLADE field." };

        private readonly Option<string?> _model = new("--model")
        {
            HelpName = "MODEL", Description = "The model that made the vectors, for its queries to find them; it isn't run.",
        };

        private readonly Option<string?> _name = new("--name")
        {
            HelpName = "NAME", Description = "What the vectors are called where their model isn't here; 'imported' unless said.",
        };

        private readonly Option<string?> _weights = OneOf("--weights", [Whole, Real],
            "whole: impacts, which must fit 255 or --largest (anserini and tsv unless said); real: weights to be quantized.",
            required: false)!;

        private readonly Option<int?> _largest = NumberOption.Create("--largest", "NUMBER", "a whole number from 1 to 900000", 1, 900_000, "The largest of all whole weights, for all to be scaled by; 255 unless said.");

        private readonly Option<double?> _range = NumberOption.Create("--range", "NUMBER", "a number from 1E-06 to 1000000", 1e-6, 1e6, "The real weight that would be 256; 5 unless said. Of whole weights: what they were in the index that they are from.");

        private readonly Option<bool> _clip = new("--clip") { Description = "Count real weights that are too large as the largest." };

        private readonly Option<string?> _vector = new("--vector")
        {
            HelpName = "MEMBER", Description = "The member that holds the vector, with dots where it lies deeper; vector (of engines: splade) unless said.",
        };

        private readonly Option<string[]> _skip = new("--skip") { HelpName = "MEMBER", Description = "A member that is left out; may be repeated." };

        private readonly Option<string?> _encoding = OneOf("--encoding", ["payload", "frequency"],
            "How weights are written: a byte with each posting, or as term frequencies.", required: false)!;

        public Option<bool> Json { get; } = SharedOptions.Json();

        public IReadOnlyList<Option> All =>
            [_format, _to, _model, _name, _weights, _largest, _range, _clip, _vector, _skip, _encoding, Json];

        public void Check(CommandResult result)
        {
            if (VectorSource.All.FirstOrDefault(one => one.Name == result.GetValue(_format)) is not { } format) return;
            bool whole = IsWhole(result.GetValue(_weights), format);
            if (whole && result.GetValue(_clip)) result.AddError("--clip goes with --weights real.");
            if (whole && result.GetValue(_range) is not null && result.GetValue(_largest) is not null)
                result.AddError("--range and --largest exclude each other.");
            if (!whole && result.GetValue(_largest) is not null) result.AddError("--largest goes with --weights whole.");
            if (result.GetValue(_model) is not null && result.GetValue(_name) is not null)
                result.AddError("--model and --name exclude each other.");
            if (result.GetValue(_name) is { } name && name.Trim().Length > 0 && (name.Length > 255 || name.Any(char.IsWhiteSpace)))
                result.AddError("--name is a word of 255 characters at most.");
            if (format.Member.Length == 0 && (result.GetValue(_vector) is not null || result.GetValue(_skip) is { Length: > 0 }))
                result.AddError($"{format.Name} has no members for --vector or --skip.");
            else if ((result.GetValue(_skip) ?? []).Contains(result.GetValue(_vector) ?? format.Member, StringComparer.Ordinal))
                result.AddError($"--skip '{result.GetValue(_vector) ?? format.Member}' is the member that holds the vector; --vector names another.");
            if (result.GetValue(_to) is ImportRequest.IdField or ImportRequest.TextField)
                result.AddError($"--to is another name than '{ImportRequest.IdField}' and '{ImportRequest.TextField}'.");
        }

        public ImportRequest Request(ParseResult parsed, string vectors, string index)
        {
            VectorSource format = VectorSource.All.Single(one => one.Name == parsed.GetValue(_format));
            bool whole = IsWhole(parsed.GetValue(_weights), format);
            return new ImportRequest(vectors, index, format, parsed.GetRequiredValue(_to))
            {
                Member = parsed.GetValue(_vector) ?? format.Member,
                Skipped = parsed.GetValue(_skip) ?? [],
                WholeWeights = whole,
                ImpactsOfRange = whole && parsed.GetValue(_range) is not null,
                Model = parsed.GetValue(_model),
                Name = parsed.GetValue(_name) ?? "imported",
                Impacts = new ImpactFormat
                {
                    Encoding = parsed.GetValue(_encoding) == "frequency" ? WeightEncoding.TermFrequency : WeightEncoding.Payload,
                    Quantizer = whole && parsed.GetValue(_range) is null ? ImpactQuantizer.ForIntegers(parsed.GetValue(_largest) ?? ImpactQuantizer.MaxImpact)
                        : new ImpactQuantizer(parsed.GetValue(_range) ?? ImpactQuantizer.DefaultRange)
                        {
                            RefusesClipping = !parsed.GetValue(_clip),
                        },
                },
            };
        }

        private static bool IsWhole(string? said, VectorSource format) => said is null ? format.WholeWeights : said == Whole;

        private static Option<string> OneOf(string name, string[] words, string description, bool required = true)
        {
            var option = new Option<string>(name) { HelpName = string.Join('|', words), Description = description, Required = required };
            option.CompletionSources.Add(words);
            option.Validators.Add(result =>
            {
                foreach (Token token in result.Tokens.Where(token => !words.Contains(token.Value, StringComparer.Ordinal)))
                    result.AddError($"{name} is one of {string.Join(", ", words)}, not '{token.Value}'.");
            });
            return option;
        }
    }
}

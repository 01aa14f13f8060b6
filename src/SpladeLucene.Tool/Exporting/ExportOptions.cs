using System.CommandLine;
using System.CommandLine.Parsing;
using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Exporting;

/// <summary>The options of <c>splade export</c>, and what they say together.</summary>
internal sealed class ExportOptions
{
    private const string Whole = "whole", Real = "real", UsualVector = "splade", UsualName = "documents";

    private static readonly string[] Names = [.. ExportFormat.All.Select(format => format.Name)];

    private readonly Option<string> _format = new("--format")
    {
        HelpName = "FORMAT", Required = true, Description = string.Join("; ", ExportFormat.All.Select(format => $"{format.Name}: {format.Description}")) + ".",
    };

    private readonly Option<string?> _field = new("--field") { HelpName = "FIELD", Description = "The SPLADE field of the index; its only one unless said." };

    private readonly Option<string?> _id = new("--id") { HelpName = "FIELD", Description = "The stored field that is a document's id; id unless said." };

    private readonly Option<string[]> _with = new("--with") { HelpName = "FIELD", Description = "A stored field that goes along; may be repeated." };

    private readonly Option<string[]> _from = new("--from")
    {
        HelpName = "FIELD", Description = "A field of texts that is encoded; may be repeated. Title and text unless said.",
    };

    private readonly Option<string> _model = SharedOptions.Model();

    private readonly Option<string?> _table = new("--table")
    {
        HelpName = "FOLDER", Description = "In the place of a model, for queries: a folder with a tokenizer and idf.json.",
    };

    private readonly Option<string?> _queries = new("--queries")
    {
        HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne,
        Description = "Write queries instead of documents: those of a file (queries.jsonl, or .tsv of id, tab, query), or the collection's own.",
    };

    private readonly Option<string?> _weights = new("--weights")
    {
        HelpName = $"{Whole}|{Real}", Description = "whole: impacts, with scores as they are here; real: weights as the model has them (json unless said).",
    };

    private readonly Option<string?> _vector = new("--vector") { HelpName = "NAME", Description = $"What the field of vectors is called there; {UsualVector} unless said." };

    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = $"What the table or the collection is called there; {UsualName} unless said." };

    private readonly Option<string?> _vocabulary = new("--vocabulary")
    {
        HelpName = "FILE", Description = "A term a line, which numbers them for qdrant, milvus and pgvector, as a model's vocab.txt does; made of the index unless it is there.",
    };

    private readonly Option<int?> _count = NumberOption.Create("-n", "COUNT", "a whole number from 1 to 10000", 1, 10_000, "How many hits a query asks for; 10 unless said.");

    private readonly Option<string?> _to = new("--to") { HelpName = "FILE", Description = "Where to; gzipped if it ends in .gz; a file that is there is replaced. Stdout unless said." };

    public ExportOptions()
    {
        _model.Required = false;
        _format.CompletionSources.Add(Names);
        _weights.CompletionSources.Add(Whole, Real);
        _format.AddCheck(result =>
        {
            if (result.GetValue(_format) is { } name && !Names.Contains(name, StringComparer.Ordinal)) result.AddError($"--format is one of {string.Join(", ", Names)}, not '{name}'.");
        });
        _weights.AddCheck(result =>
        {
            if (result.GetValue(_weights) is { } word and not (Whole or Real)) result.AddError($"--weights is {Whole} or {Real}, not '{word}'.");
        });
    }

    public Option<bool> Json { get; } = SharedOptions.Json();

    public IReadOnlyList<Option> All => [_format, _field, _id, _with, _from, _model, _table, _queries, _weights, _vocabulary, _name, _vector, _count, _to, Json];

    /// <summary>Those that name fields of an index.</summary>
    public IReadOnlyList<Option> OfFields => [_field, _id, _with];

    public void Check(CommandResult result)
    {
        if (result.GetValue(Json) && result.GetValue(_to) is null) result.AddError("--json goes with --to: without it the vectors themselves go to stdout.");
        if (result.GetValue(_model) is not null && result.GetValue(_table) is not null) result.AddError("--model and --table exclude each other.");
        bool queries = result.GetResult(_queries) is not null;
        if (queries && result.GetValue(_model) is null && result.GetValue(_table) is null) result.AddError("--queries needs --model or --table, which weighs them.");
        if (!queries && result.GetValue(_table) is not null) result.AddError("--table goes with --queries.");
        if (!queries && result.GetValue(_count) is not null) result.AddError("-n goes with --queries.");
        if (result.GetValue(_vector) == "id") result.AddError("--vector 'id' is the name of a field that is made.");
        string[] with = result.GetValue(_with) ?? [];
        if (with.Distinct(StringComparer.Ordinal).Count() < with.Length) result.AddError("--with names a field twice.");
        if (queries && with.Length > 0) result.AddError("--with is for documents, and --queries writes none.");
        if (ExportFormat.All.FirstOrDefault(one => one.Name == result.GetValue(_format)) is not { } format) return;
        Check(result, format);
    }

    // What would mean nothing to the format.
    private void Check(CommandResult result, ExportFormat format)
    {
        string[] with = result.GetValue(_with) ?? [];
        if (!format.HasFields && with.Length > 0) result.AddError($"{format.Name} has no fields for --with.");
        else if (with.FirstOrDefault(name => format.Made(result.GetValue(_vector) ?? UsualVector).Contains(name, StringComparer.Ordinal)) is { } taken)
            result.AddError($"--with '{taken}' is the name of a field that is made.");
        if (!format.NamesVector && result.GetValue(_vector) is not null) result.AddError($"{format.Name} has no other name for --vector.");
        if (!format.AsksForHits && result.GetValue(_count) is not null) result.AddError($"{format.Name} says no -n.");
        if (format.NumbersTerms && result.GetValue(_vocabulary) is null) result.AddError($"{format.Name} knows terms by numbers: --vocabulary names the file of their list, which is made unless it is there.");
        if (!format.NumbersTerms && result.GetValue(_vocabulary) is not null) result.AddError($"{format.Name} has no numbers for --vocabulary.");
        if (!format.HasName && result.GetValue(_name) is not null) result.AddError($"{format.Name} says no --name.");
        if (format.OnlyIdentifiers && new[] { result.GetValue(_name), result.GetValue(_vector) }.FirstOrDefault(name => name is not null && !IsIdentifier(name)) is { } other)
            result.AddError($"{format.Name} has names of letters, digits and '_' alone, not '{other}'.");
        if (format.OnlyWhole && result.GetValue(_weights) == Real) result.AddError($"{format.Name} has no other than whole weights.");
    }

    private static bool IsIdentifier(string name) => !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    public ExportRequest Request(ParseResult parsed, string source)
    {
        ExportFormat format = ExportFormat.All.Single(one => one.Name == parsed.GetValue(_format));
        return new ExportRequest(source, format)
        {
            Field = parsed.GetValue(_field), Id = parsed.GetValue(_id), With = parsed.GetValue(_with) ?? [], From = parsed.GetValue(_from) ?? [],
            Model = parsed.GetValue(_model), Table = parsed.GetValue(_table),
            AreQueries = parsed.GetResult(_queries) is not null, Queries = parsed.GetValue(_queries), Vocabulary = parsed.GetValue(_vocabulary),
            Weights = parsed.GetValue(_weights) switch { Whole => ExportWeights.Whole, Real => ExportWeights.Real, _ => format.Weights },
            Target = new ExportTarget(parsed.GetValue(_name) ?? UsualName, parsed.GetValue(_vector) ?? UsualVector, parsed.GetValue(_count) ?? 10), To = parsed.GetValue(_to),
        };
    }
}

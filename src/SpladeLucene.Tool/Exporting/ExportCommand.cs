using System.CommandLine;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using SpladeLucene.Evaluation;
using SpladeLucene.Tool.Calibrating;
using SpladeLucene.Tool.Progress;
using SpladeLucene.Tool.Usage;

namespace SpladeLucene.Tool.Exporting;

/// <summary>The words of <c>splade export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>What stands below the help.</summary>
    public const string Notes = """
        A COLLECTION is a folder with corpus.jsonl, queries.jsonl or queries.tsv, and qrels/test.tsv (BEIR) or qrels.txt
        (TREC), each perhaps with .gz. The weights of queries are those that they have in an index of the collection, so
        that another engine ranks as this one does, up to its own rounding. In OpenSearch's features '.' is '%2E' and '%'
        is '%25', in documents and queries alike.

        Example: splade export my-collection --model splade-tiny-en --format opensearch > bulk.jsonl

        """;

    private const int Batch = 256;

    public static Command Create(ToolConsole console, Func<string, ISparseEncoder> load)
    {
        var collection = new Argument<string>("COLLECTION") { Description = "A folder of documents." };
        Option<string> model = SharedOptions.Model();
        string names = string.Join(", ", VectorFormat.All.Select(format => format.Name));
        var format = new Option<string>("--format")
        {
            HelpName = "FORMAT", Required = true,
            Description = string.Join("; ", VectorFormat.All.Select(format => $"{format.Name}: {format.Description}")) + ".",
        };
        format.CompletionSources.Add([.. VectorFormat.All.Select(one => one.Name)]);
        var queries = new Option<bool>("--queries") { Description = "Write the queries instead of the documents." };
        Option<bool> json = SharedOptions.Json();
        var to = new Option<string>("--to") { HelpName = "FILE", Description = "Where to; gzipped if it ends in .gz." };
        var command = new Command("export", "Writes a collection's vectors for another engine.")
        {
            collection, model, format, queries, to, json,
        };
        command.AddCheck(result =>
        {
            if (result.GetValue(json) && result.GetValue(to) is null) result.AddError("--json goes with --to: without it the vectors themselves go to stdout.");
            if (result.GetValue(format) is not { } name) return;
            VectorFormat? known = VectorFormat.All.FirstOrDefault(one => one.Name == name);
            if (known is null) result.AddError($"--format is one of {names}, not '{name}'.");
            else if (result.GetValue(queries) && known.Query is null) result.AddError($"--queries has no form in '{name}'.");
        });
        command.SetAction((parsed, cancellation) => Ladder.RunAsync(console, async () =>
        {
            VectorFormat chosen = VectorFormat.All.Single(one => one.Name == parsed.GetValue(format));
            TestCollection texts = TestCollection.Load(parsed.GetRequiredValue(collection));
            using ISparseEncoder encoder = load(parsed.GetRequiredValue(model));
            string? file = parsed.GetValue(to);
            long written = await WriteAsync(console, file, parsed.GetValue(queries)
                ? QueriesAsync(texts, encoder, chosen, cancellation)
                : DocumentsAsync(texts, encoder, chosen, cancellation)).ConfigureAwait(false);
            if (parsed.GetValue(json)) console.WriteObject(new JsonObject { ["type"] = "result", ["file"] = file, ["vectors"] = written });
        }));
        return command;
    }

    private static async IAsyncEnumerable<string> DocumentsAsync(TestCollection texts, ISparseEncoder encoder,
        VectorFormat format, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (CollectionDocument[] batch in texts.ReadDocuments().Chunk(Batch))
        {
            IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(
                [.. batch.Select(document => document.Body)], cancellation).ConfigureAwait(false);
            for (int i = 0; i < batch.Length; i++)
                yield return format.Document(batch[i].Id, batch[i].Body, vectors[i]);
        }
    }

    private static async IAsyncEnumerable<string> QueriesAsync(TestCollection texts, ISparseEncoder encoder,
        VectorFormat format, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using JudgedIndex index = await JudgedIndex.BuildAsync(texts, encoder, cancellation).ConfigureAwait(false);
        foreach (CollectionQuery query in texts.Queries)
            yield return format.Query!(query.Id, query.Text, index.VectorOf(query.Text, encoder));
    }

    private static async Task<long> WriteAsync(ToolConsole console, string? path, IAsyncEnumerable<string> lines)
    {
        using var progress = new WorkProgress(console.Error, "Vectors", null);
        if (path is null) return await WriteAsync(console.Out.Profile.Out.Writer, lines, progress).ConfigureAwait(false);
        using FileStream file = File.Create(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionLevel.Optimal) : file;
        using var writer = new StreamWriter(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return await WriteAsync(writer, lines, progress).ConfigureAwait(false);
    }

    private static async Task<long> WriteAsync(TextWriter writer, IAsyncEnumerable<string> lines, WorkProgress progress)
    {
        long written = 0;
        await foreach (string line in lines.ConfigureAwait(false))
        {
            await writer.WriteAsync(line).ConfigureAwait(false);
            progress.Report(++written);
        }

        return written;
    }
}

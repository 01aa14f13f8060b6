using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Endurance.Killing;

/// <summary>
/// A process that indexes with <see cref="SpladeIndexer"/>, commits and says so, and is killed. What it said is there
/// afterwards: the last commit opens, is whole, and goes on from where it was.
/// </summary>
internal static class KilledWriter
{
    public const string Name = "killed-writer";

    private const string Meaning = "meaning", Id = "id";
    private const int Batch = 7, MostLines = 12;

    private static readonly WordHashes Encoder = new();

    /// <summary>The process: adds batches after those that are there, commits each, and writes how many there are.</summary>
    public static async Task<int> RunAsync(string folder)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        // What a killed process held is free again: the system gave it back.
        using var writer = new IndexWriter(directory, new IndexWriterConfig(
            LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48)));
        var indexer = new SpladeIndexer(writer, Encoder, Meaning);
        for (int next = writer.NumDocs; ; next += Batch)
        {
            await indexer.AddAsync(Enumerable.Range(next, Batch).Select(DocumentOf));
            if (next % (Batch * 9) == 0) writer.ForceMerge(1);
            writer.Commit();
            Console.WriteLine((next + Batch).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Kills it so many times.</summary>
    /// <returns>How many documents were committed in the end.</returns>
    /// <exception cref="EnduranceException">Something that was committed is lost or damaged.</exception>
    public static long Kill(int times, int seed)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        int committed = 0;
        for (int kill = 1; kill <= times; kill++)
        {
            committed = Math.Max(committed, RunUntilKilled(folder.Path, random));
            committed = Check(folder.Path, committed, kill);
        }

        return committed;
    }

    private static SpladeDocument DocumentOf(int number)
    {
        string id = number.ToString(CultureInfo.InvariantCulture);
        return new SpladeDocument(new Document { new StringField(Id, id, Field.Store.YES) }, $"document w{number % 50} n{number}")
        {
            Key = new Term(Id, id),
        };
    }

    // Returns what it said last.
    private static int RunUntilKilled(string folder, Random random)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        using Process process = Process.Start(new ProcessStartInfo(dotnet, [typeof(KilledWriter).Assembly.Location, Name, folder])
        {
            RedirectStandardOutput = true,
        })!;
        int said = 0;
        for (int lines = random.Next(MostLines); lines >= 0 && process.StandardOutput.ReadLine() is { } line; lines--)
            said = int.Parse(line, CultureInfo.InvariantCulture);
        Thread.Sleep(random.Next(40));
        process.Kill();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (int.TryParse(line, CultureInfo.InvariantCulture, out int more)) said = Math.Max(said, more);
        }

        process.WaitForExit();
        return said;
    }

    // A commit may be there that wasn't said any more.
    private static int Check(string folder, int committed, int kill)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        if (!new CheckIndex(directory) { InfoStream = text }.DoCheckIndex().Clean)
            throw new EnduranceException($"After kill {kill} the index is damaged: {text}");
        using DirectoryReader reader = DirectoryReader.Open(directory);
        if (reader.NumDocs < committed || reader.NumDocs % Batch != 0)
            throw new EnduranceException($"After kill {kill} there are {reader.NumDocs} of {committed} documents.");
        var searcher = new SpladeSearcher(reader);
        for (int number = 0; number < reader.NumDocs; number += 1 + (reader.NumDocs / 50))
        {
            var query = new SpladeQuery(Meaning, Encoder.Encode($"n{number}"));
            string id = searcher.Doc(searcher.Search(query, 1).ScoreDocs[0].Doc).Get(Id);
            if (id != number.ToString(CultureInfo.InvariantCulture))
                throw new EnduranceException($"After kill {kill} document {number} isn't found, but {id}.");
        }

        return reader.NumDocs;
    }
}

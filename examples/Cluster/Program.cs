using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cluster;
using SpladeLucene;
using SpladeLucene.Models;
using SpladeLucene.Onnx;

// Three silos as processes on this machine: writes, searches, loses one of them, and goes on.
//   dotnet run --project examples/Cluster
//   dotnet run -c Release --project examples/Cluster -- --kills 50     kills silos while it writes and searches, and counts
if (args is ["silo", var name, var siloPort, var primaryPort, var folder])
{
    await Silos.RunAsync(name, Number(siloPort), Number(primaryPort), folder);
    return 0;
}

string root = Directory.CreateTempSubdirectory("splade-cluster-").FullName;
try
{
    using OnnxSparseEncoder encoder = SpladeTinyEn.Load();
    await using LocalCluster cluster = await LocalCluster.StartAsync(root, encoder);
    if (args is ["--kills", var kills]) return await new KillTrial(cluster, Number(kills)).RunAsync() ? 0 : 1;
    await ShowAsync(cluster);
    return 0;
}
finally
{
    Directory.Delete(root, recursive: true);
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static async Task ShowAsync(LocalCluster cluster)
{
    ISpladeCluster index = cluster.Index;
    Console.WriteLine($"Three silos, {index.Options.Shards} shards on {index.Options.Replicas} of them each.");

    var watch = Stopwatch.StartNew();
    ClusterDocument[] documents = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "corpus.jsonl")).Select(Parse)];
    await index.UpdateAsync(documents);
    await index.RefreshAsync();
    Console.WriteLine($"{documents.Length} texts encoded, written and on two disks each in {watch.Elapsed.TotalSeconds:0.0} s.");
    await SearchAsync(index, "how does a plane stay in the air");

    Console.WriteLine("\nSilo b is killed. Its shards have another replica:");
    cluster.Kill("b");
    await SearchAsync(index, "how does a plane stay in the air");
    await index.UpdateAsync([new ClusterDocument("new", "Gliders climb in rising warm air, without any engine.", Title("Soaring"))]);
    await index.RefreshAsync();
    Console.WriteLine("Written while b is down:");
    await SearchAsync(index, "flying without an engine");

    cluster.Start("b");
    await cluster.WaitUntilAllServeAsync();
    Console.WriteLine("\nSilo b is back and has fetched what it missed. Now c is killed:");
    cluster.Kill("c");
    await SearchAsync(index, "flying without an engine");

    Console.WriteLine("\nAnd a as well, which leaves one shard without a replica:");
    cluster.Kill("a");
    await SearchAsync(index, "flying without an engine");
}

static async Task SearchAsync(ISpladeCluster index, string text)
{
    ClusterSearchResult found = await index.SearchAsync(
        text, new ClusterSearchRequest { Count = 3, Deadline = TimeSpan.FromSeconds(2) });
    string missing = found.IsComplete ? "complete" : $"without shards {string.Join(" and ", found.MissingShards)}";
    Console.WriteLine($"  {text}: {missing}");
    foreach (ClusterHit hit in found.Hits) Console.WriteLine($"    {hit.Score:0.00}  {hit.Stored["title"]}  (shard {hit.Shard})");
}

static ClusterDocument Parse(string line)
{
    using JsonDocument parsed = JsonDocument.Parse(line);
    string Member(string name) => parsed.RootElement.GetProperty(name).GetString()!;
    return new ClusterDocument(Member("_id"), $"{Member("title")} {Member("text")}", Title(Member("title")));
}

static Dictionary<string, string> Title(string title) => new() { ["title"] = title };

namespace SpladeLucene.Benchmarks.Throughput;

/// <summary>The folder of a model of BERT-base's size: made once, with splade-small-en's vocabulary.</summary>
internal static class BertFolder
{
    public static string Make(string work)
    {
        string folder = Path.Combine(work, ThroughputBenchmark.Generated), finished = Path.Combine(folder, "vocab.txt");
        if (File.Exists(finished)) return folder;
        Console.Error.WriteLine($"    making a model of BERT-base's size in {folder}");
        System.IO.Directory.CreateDirectory(folder);
        string vocabulary = Path.Combine(AppContext.BaseDirectory, "models", "splade-small-en", "vocab.txt");
        BertGraph.Write(folder, File.ReadLines(vocabulary).Count());
        File.WriteAllText(Path.Combine(folder, "splade.json"), """{ "name": "bert-base-random", "maxTokens": 512 }""");
        // Last: a folder that was broken off is made anew.
        File.Copy(vocabulary, finished);
        return folder;
    }
}

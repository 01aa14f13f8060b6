using SpladeLucene.Onnx.Fusing;
using System.Diagnostics;
using System.Runtime.InteropServices;
using SpladeLucene.Onnx.Graph;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>What is read of a graph before ONNX Runtime sees it.</summary>
public sealed class GraphFileTests
{
    [Fact]
    public void Locations_TensorsAnywhere_FindsEachFileOnce()
    {
        ProtobufWriter constant = Node(new ProtobufWriter().Message(5, Tensor("constant.bin")));
        ProtobufWriter subgraph = new ProtobufWriter().Message(5, Tensor("branch.bin"))
            .Message(1, Node(new ProtobufWriter().Message(10, Tensor("constant.bin"))));
        ProtobufWriter sparse = new ProtobufWriter().Message(1, Tensor("values.bin")).Message(2, Tensor("places.bin"));
        ProtobufWriter graph = new ProtobufWriter().Message(1, constant)
            .Message(1, Node(new ProtobufWriter().Message(6, subgraph))).Message(5, Tensor("own.bin"))
            .Message(15, sparse);
        ProtobufWriter function = new ProtobufWriter().Message(7,
            Node(new ProtobufWriter().Message(5, Tensor("function.bin"))));

        Assert.Equal(
            ["constant.bin", "branch.bin", "own.bin", "values.bin", "places.bin", "function.bin"],
            FilesOf(new ProtobufWriter().Number(1, 8).Message(7, graph).Message(25, function)));
    }

    [Fact]
    public void Read_GraphsNestedWithoutEnd_IsRefused()
    {
        var graph = new ProtobufWriter();
        for (int i = 0; i < 200; i++)
            graph = new ProtobufWriter().Message(1, Node(new ProtobufWriter().Message(6, graph)));

        Assert.Throws<ModelLoadException>(() => FilesOf(new ProtobufWriter().Message(7, graph)));
    }

    [Theory]
    [InlineData("../other/weights.bin", "expected a file in its own folder")]
    [InlineData("../../weights.bin", "expected a file in its own folder")]
    [InlineData("{0}/weights.bin", "expected a file in its own folder")]
    [InlineData("{1}/part/own.bin", "expected a file in its own folder")]
    [InlineData("zero.bin", "zero.bin links out of the folder")]
    [InlineData("/dev/zero", "expected a file in its own folder")]
    [InlineData("part/../../weights.bin", "expected a file in its own folder")]
    [InlineData("weights.bin", "expected that file to exist")]
    [InlineData("empty.bin", "empty.bin has 0 bytes or is no regular file")]
    [InlineData("part", "expected that file to exist")]
    [InlineData("link.bin", "link.bin links out of the folder")]
    [InlineData("linked/weights.bin", "linked/weights.bin links out of the folder")]
    public void Load_WeightsThatAreNoFileOfTheFolder_AreRefusedByBothEncoders(string location, string reason)
    {
        using ModelDirectory elsewhere = new ModelDirectory().With("weights.bin", new byte[12 * 12 * 4]);
        using ModelDirectory folder = new();
        location = location.Replace("{0}", elsewhere.Path, StringComparison.Ordinal).Replace("{1}", folder.Path, StringComparison.Ordinal);
        Fill(folder, location).With("empty.bin", "").With("part/own.bin", "1");
        File.CreateSymbolicLink(folder.PathOf("zero.bin"), "/dev/zero");
        File.CreateSymbolicLink(folder.PathOf("link.bin"), elsewhere.PathOf("weights.bin"));
        Directory.CreateSymbolicLink(folder.PathOf("linked"), elsewhere.Path);

        foreach (Func<ISparseEncoder> load in Loads(folder))
            Assert.Contains(reason, Assert.Throws<ModelLoadException>(load).Message, StringComparison.Ordinal);
    }

    // As the cache of Hugging Face's hub has them: folders of links into one of files that are called by their hashes.
    [Fact]
    public void Load_GraphAndWeightsThatAreLinksIntoOneFolder_Works()
    {
        using ModelDirectory cache = CacheOf(new float[144]);
        string snapshot = cache.PathOf("snapshots/1");
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(snapshot);
        Assert.Empty(encoder.Encode("fig"));
        using ModelDirectory other = CacheOf([.. Enumerable.Repeat(1f, 144)]);
        using OnnxSparseEncoder another = OnnxSparseEncoder.Load(other.PathOf("snapshots/1"));
        Assert.False(encoder.Fingerprint.Matches(another.Fingerprint));
    }

    [Theory]
    [InlineData("outside/secret", false)]
    [InlineData("blobs/../outside/secret", false)]
    [InlineData("blobs/b", true)]
    public void Load_WeightsThatLinkElsewhereThanTheGraph_AreRefused(string target, bool graphIsAFile)
    {
        using ModelDirectory cache = CacheOf(new float[144]).With("outside/secret", new byte[12 * 12 * 4]);
        string onnx = cache.PathOf("snapshots/1/onnx");
        File.Delete(Path.Combine(onnx, "model.onnx_data"));
        File.CreateSymbolicLink(Path.Combine(onnx, "model.onnx_data"), $"../../../{target}");
        if (graphIsAFile)
        {
            File.Delete(Path.Combine(onnx, "model.onnx"));
            File.Copy(cache.PathOf("blobs/a"), Path.Combine(onnx, "model.onnx"));
        }

        Assert.Contains("model.onnx_data links out of the folder", Assert.Throws<ModelLoadException>(
            () => OnnxSparseEncoder.Load(cache.PathOf("snapshots/1"))).Message, StringComparison.Ordinal);
    }

    private static ModelDirectory CacheOf(float[] weights)
    {
        using ModelDirectory plain = Folder("model.onnx_data");
        ModelDirectory cache = new ModelDirectory().With("blobs/a", File.ReadAllBytes(plain.PathOf("model.onnx")))
            .With("blobs/b", MemoryMarshal.AsBytes(weights.AsSpan()).ToArray())
            .With("snapshots/1/vocab.txt", File.ReadAllText(plain.PathOf("vocab.txt"))).With("snapshots/1/onnx/config.json", "{}");
        File.CreateSymbolicLink(cache.PathOf("snapshots/1/onnx/model.onnx"), "../../../blobs/a");
        File.CreateSymbolicLink(cache.PathOf("snapshots/1/onnx/model.onnx_data"), "../../../blobs/b");
        return cache;
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("link")]
    public void Load_WeightsInAPipe_AreRefusedAtOnce(string location)
    {
        if (OperatingSystem.IsWindows()) return;
        using ModelDirectory folder = Folder(location);
        File.CreateSymbolicLink(folder.PathOf("link"), folder.PathOf("pipe"));
        using (Process pipe = Process.Start("mkfifo", [folder.PathOf("pipe")])) pipe.WaitForExit();

        foreach (Func<ISparseEncoder> load in Loads(folder))
        {
            Assert.Contains($"{location} has 0 bytes or is no regular file",
                Assert.Throws<ModelLoadException>(load).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_WeightsInAFolderBelow_Works()
    {
        using ModelDirectory folder = Folder("part/weights.bin").With("part/weights.bin", new byte[12 * 12 * 4]);
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        Assert.Empty(encoder.Encode("fig"));
    }

    [Fact]
    public void Locations_ManyFiles_AreAllFound()
    {
        var graph = new ProtobufWriter();
        for (int i = 0; i < 60_000; i++) graph.Message(5, Tensor($"{i}.bin"));
        ProtobufWriter model = new ProtobufWriter().Message(7, graph);
        Assert.Equal(60_000, FilesOf(model).Count);
        using ModelDirectory folder = Folder("weights.bin").With("model.onnx", model.ToArray());
        foreach (Func<ISparseEncoder> load in Loads(folder))
        {
            Assert.Contains("its weights lie in 0.bin; expected that file to exist",
                Assert.Throws<ModelLoadException>(load).Message, StringComparison.Ordinal);
        }
    }

    private static ModelDirectory Folder(string location) => Fill(new ModelDirectory(), location);

    private static ModelDirectory Fill(ModelDirectory folder, string location) => folder.With("model.onnx", new OnnxModel()
        .Input("input_ids").Input("attention_mask").External("table", location, 12, 12)
        .Node("Gather", ["table", "input_ids"], "logits").Output("logits", "texts", "tokens", "12").ToArray())
        .With("vocab.txt", string.Join('\n', TableModel.Entries) + "\n").With("idf.json", """{"fig": 1}""");

    private static Func<ISparseEncoder>[] Loads(ModelDirectory folder) =>
        [() => OnnxSparseEncoder.Load(folder.Path), () => InferenceFreeQueryEncoder.Load(folder.Path)];

    private static IReadOnlyList<string> FilesOf(ProtobufWriter model)
    {
        using ModelDirectory folder = new ModelDirectory().With("model.onnx", model.ToArray());
        return GraphFile.Read(folder.PathOf("model.onnx")).Locations;
    }

    private static ProtobufWriter Node(ProtobufWriter attribute) => new ProtobufWriter().Message(5, attribute);

    private static ProtobufWriter Tensor(string file) => new ProtobufWriter().Number(1, 1)
        .Message(13, new ProtobufWriter().Text(1, "location").Text(2, file));
}

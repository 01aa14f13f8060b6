using System.Text;
using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Benchmarks.Tests;

/// <summary>Files of vectors that are a little wrong are read, or refused by file and place.</summary>
public sealed class MutatedVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("lines.jsonl", "{\"id\":\"d\",\"contents\":\"x\",\"vector\":{\"a\":3,\"b\":1.5}}\n{\"id\":2,\"vector\":{\"é\":2}}\n")]
    [InlineData("queries.tsv", "1\ta:1 b:20\n2\tc:300\n")]
    [InlineData("vectors.txt", "nq\t1\ta:1 b:0.5\nnq\t2\tc:2\n")]
    [InlineData("collection.spv", "")]
    public void Read_MutatedFile_IsReadOrRefused(string name, string text)
    {
        string file = _folder.PathOf(name);
        byte[] content = text.Length > 0 ? Encoding.UTF8.GetBytes(text) : Spv();
        foreach ((string change, byte[] mutated) in Mutation.Of(content, name.Length))
        {
            File.WriteAllBytes(file, mutated);
            try
            {
                Read(file);
            }
            catch (Exception e) when (e is MalformedLineException or InvalidDataException)
            {
                Assert.Contains(name, e.Message, StringComparison.Ordinal);
            }
            catch (Exception e)
            {
                Assert.Fail($"{name}, {change}: {e}");
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Read(string file)
    {
        switch (Path.GetExtension(file))
        {
            case ".jsonl":
                VectorLines.Convert(file, _folder.PathOf("out.spv"), ProgressLine.Of("", null), CancellationToken.None);
                break;
            case ".tsv": QueryFile.Read(file, int.MaxValue); break;
            case ".txt": VectorFile.Read(file); break;
            default: Assert.InRange(SpvFile.Read(file).Count(), 0, 1000); break;
        }
    }

    private byte[] Spv()
    {
        string file = _folder.PathOf("whole.spv");
        using (var writer = new SpvWriter(file, ["a", "b", "é"], 3))
        {
            writer.Add([0, 1], [7, 255]);
            writer.Add([], []);
            writer.Add([2], [1]);
            writer.Finish();
        }

        return File.ReadAllBytes(file);
    }
}

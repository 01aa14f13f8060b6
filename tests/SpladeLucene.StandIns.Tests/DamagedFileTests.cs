using System.Text;
using Lucene.Net.Index;

namespace SpladeLucene.StandIns.Tests;

public sealed class DamagedFileTests : IDisposable
{
    private readonly IndexFolder _index = new();

    public DamagedFileTests()
    {
        _index.Add("a", "b", "c");
        _index.Delete("b");
    }

    public void Dispose() => _index.Dispose();

    [Fact]
    public void Every_file_says_in_its_first_line_that_Lucene_cannot_open_it()
    {
        foreach (byte[] content in _index.Files().Values)
        {
            string line = Encoding.ASCII.GetString(content).Split('\n')[0];
            Assert.StartsWith("SpladeLucene stand-in index, format 1.", line, StringComparison.Ordinal);
            Assert.Contains("Lucene cannot open it", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_commit_is_a_segment_its_live_documents_and_the_commit_itself()
    {
        Assert.Equal(["_0.segment", "_0_1.live", "standins_2"], _index.Files().Keys);
    }

    [Fact]
    public void A_file_cut_short_at_any_byte_is_reported_by_name()
    {
        SortedDictionary<string, byte[]> whole = _index.Files();
        foreach ((string name, byte[] content) in whole)
        {
            for (int length = 0; length < content.Length; length++)
            {
                File.WriteAllBytes(_index.PathOf(name), content[..length]);
                AssertReported(name);
            }
            File.WriteAllBytes(_index.PathOf(name), content);
        }
        Assert.Equal(["a", "c"], _index.Ids());
    }

    [Fact]
    public void A_bit_that_flipped_anywhere_is_reported_with_the_name_of_its_file()
    {
        SortedDictionary<string, byte[]> whole = _index.Files();
        foreach ((string name, byte[] content) in whole)
        {
            for (int i = 0; i < content.Length; i++)
            {
                byte[] flipped = [.. content];
                flipped[i] ^= (byte)(1 << (i % 8));
                File.WriteAllBytes(_index.PathOf(name), flipped);
                AssertReported(name);
            }
            File.WriteAllBytes(_index.PathOf(name), content);
        }
    }

    [Fact]
    public void A_file_with_something_behind_its_end_is_reported()
    {
        foreach ((string name, byte[] content) in _index.Files())
        {
            File.WriteAllBytes(_index.PathOf(name), [.. content, 0]);
            AssertReported(name);
            File.WriteAllBytes(_index.PathOf(name), content);
        }
    }

    [Fact]
    public void A_segment_of_another_index_under_the_same_name_is_reported()
    {
        using var other = new IndexFolder();
        other.Add("x", "y", "z");
        File.WriteAllBytes(_index.PathOf("_0.segment"), other.Files()["_0.segment"]);
        AssertReported("_0.segment");
    }

    [Fact]
    public void A_writer_reports_what_a_reader_reports_and_gives_the_lock_back()
    {
        string segment = _index.PathOf("_0.segment");
        byte[] whole = File.ReadAllBytes(segment);
        File.WriteAllBytes(segment, whole[..^1]);
        Assert.Throws<CorruptIndexException>(() => _index.NewWriter());
        File.WriteAllBytes(segment, whole);
        _index.Add("d");
        Assert.Equal(["a", "c", "d"], _index.Ids());
    }

    private void AssertReported(string file)
    {
        var exception = Assert.Throws<CorruptIndexException>(_index.Ids);
        Assert.Contains(file, exception.Message, StringComparison.Ordinal);
    }
}

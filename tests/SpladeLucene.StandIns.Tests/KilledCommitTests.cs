using Lucene.Net.Index;

namespace SpladeLucene.StandIns.Tests;

// What a process leaves that dies while it commits: the files of the commit before, and of the new ones, which are
// written one after the other, some whole and one cut at any byte.
public sealed class KilledCommitTests : IDisposable
{
    private readonly IndexFolder _index = new();

    public void Dispose() => _index.Dispose();

    [Fact]
    public void The_last_commit_opens_wherever_the_next_one_was_cut_off()
    {
        foreach (Dictionary<string, byte[]> left in LeftByAKill())
        {
            _index.Restore(left);
            Assert.Equal(["a", "b"], _index.Ids());
        }
    }

    [Fact]
    public void A_writer_goes_on_after_a_kill_and_takes_away_what_it_left()
    {
        foreach (Dictionary<string, byte[]> left in LeftByAKill().Where((_, i) => i % 50 == 0))
        {
            _index.Restore(left);
            _index.Add("d");
            Assert.Equal(["a", "b", "d"], _index.Ids());
            Assert.Equal(["_0.segment", "_1.segment", "standins_2"], _index.Files().Keys);
        }
    }

    [Fact]
    public void A_commit_that_is_there_counts_though_the_old_files_are_there_too()
    {
        (SortedDictionary<string, byte[]> before, SortedDictionary<string, byte[]> after) = TwoCommits();
        _index.Restore(before.Concat(after).DistinctBy(file => file.Key).ToDictionary());
        Assert.Equal(["b", "c"], _index.Ids());
        _index.Add("d");
        Assert.Equal(["b", "c", "d"], _index.Ids());
        Assert.DoesNotContain("standins_1", _index.Files().Keys);
    }

    [Fact]
    public void Before_the_first_commit_there_is_no_index()
    {
        _index.Add("a");
        SortedDictionary<string, byte[]> files = _index.Files();
        byte[] commit = files["standins_1"];
        files.Remove("standins_1");
        files.Add("pending_standins_1", commit);
        _index.Restore(files);
        Assert.Throws<IndexNotFoundException>(_index.Ids);
        _index.Add("b");
        Assert.Equal(["b"], _index.Ids());
    }

    private IEnumerable<Dictionary<string, byte[]>> LeftByAKill()
    {
        (SortedDictionary<string, byte[]> before, SortedDictionary<string, byte[]> after) = TwoCommits();
        string[] inOrder = ["_1.segment", "_0_1.live", "standins_2"];
        var whole = new Dictionary<string, byte[]>(before);
        foreach (string file in inOrder)
        {
            string name = file.Replace("standins", "pending_standins", StringComparison.Ordinal);
            for (int length = 0; length <= after[file].Length; length++)
            {
                yield return new Dictionary<string, byte[]>(whole) { [name] = after[file][..length] };
            }
            whole.Add(name, after[file]);
        }
    }

    private (SortedDictionary<string, byte[]> Before, SortedDictionary<string, byte[]> After) TwoCommits()
    {
        _index.Restore(new Dictionary<string, byte[]>());
        _index.Add("a", "b");
        SortedDictionary<string, byte[]> before = _index.Files();
        using (IndexWriter writer = _index.NewWriter())
        {
            writer.DeleteDocuments(new Term("id", "a"));
            writer.AddDocument(IndexFolder.DocumentOf("c"));
        }
        SortedDictionary<string, byte[]> after = _index.Files();
        Assert.Equal(["_0.segment", "_0_1.live", "_1.segment", "standins_2"], after.Keys);
        return (before, after);
    }
}

using System.Text;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>
/// Writes a collection as <see cref="SpvFile"/> reads it. The file gets its name when it is complete, so that one that
/// was broken off is never taken for a collection.
/// </summary>
internal sealed class SpvWriter : IDisposable
{
    private const int PostingsOffset = 12;

    private readonly string _file;
    private readonly BinaryWriter _writer;
    private long _postings;

    public SpvWriter(string file, IReadOnlyCollection<string> vocabulary, int documents)
    {
        _file = file;
        _writer = new BinaryWriter(new BufferedStream(File.Create(Unfinished), 1 << 20));
        _writer.Write(SpvFile.Mark);
        _writer.Write((uint)vocabulary.Count);
        _writer.Write((uint)documents);
        _writer.Write(0UL);
        foreach (byte[] term in vocabulary.Select(Encoding.UTF8.GetBytes))
        {
            _writer.Write(checked((ushort)term.Length));
            _writer.Write(term);
        }
    }

    private string Unfinished => _file + ".unfinished";

    /// <param name="terms">Numbers in the vocabulary, ascending.</param>
    /// <param name="impacts">1 to 255, parallel to <paramref name="terms"/>.</param>
    public void Add(List<int> terms, List<byte> impacts)
    {
        _writer.Write(checked((ushort)terms.Count));
        foreach (int term in terms) _writer.Write((ushort)term);
        foreach (byte impact in impacts) _writer.Write(impact);
        _postings += terms.Count;
    }

    /// <summary>Ends the file and gives it its name.</summary>
    public void Finish()
    {
        _writer.Seek(PostingsOffset, SeekOrigin.Begin);
        _writer.Write((ulong)_postings);
        _writer.Dispose();
        File.Move(Unfinished, _file, overwrite: true);
    }

    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(Unfinished);
    }
}

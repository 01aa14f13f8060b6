using Lucene.Net.Store;

namespace SpladeLucene.Tests.Support;

/// <summary>A directory on a disk that is full once so many bytes were written.</summary>
internal sealed class FilledDirectory(Lucene.Net.Store.Directory inner, long space) : FilterDirectory(inner)
{
    /// <summary>What may still be written; less than 0 once something failed.</summary>
    public long Left { get; private set; } = space;

    public override IndexOutput CreateOutput(string name, IOContext context)
    {
        Take(1);
        return new Output(this, base.CreateOutput(name, context));
    }

    private void Take(long bytes)
    {
        Left -= bytes;
        if (Left < 0) throw new IOException("No space left on device.");
    }

    private sealed class Output(FilledDirectory disk, IndexOutput inner) : IndexOutput
    {
        public override long Checksum => inner.Checksum;

        public override long Position => inner.Position;

        public override void WriteByte(byte b)
        {
            disk.Take(1);
            inner.WriteByte(b);
        }

        public override void WriteBytes(byte[] b, int offset, int length)
        {
            disk.Take(length);
            inner.WriteBytes(b, offset, length);
        }

        [Obsolete("As in the class that it overrides.")]
        public override void Seek(long pos) => inner.Seek(pos);

        public override void Flush() => inner.Flush();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
        }
    }
}

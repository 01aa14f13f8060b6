using Lucene.Net.Store;

namespace SpladeLucene.Tests.Support;

/// <summary>A directory over whose postings no memory can be had any more, once that is said.</summary>
internal sealed class ExhaustedDirectory(Lucene.Net.Store.Directory inner) : FilterDirectory(inner)
{
    public bool IsExhausted { get; set; }

    public override IndexInput OpenInput(string name, IOContext context) =>
        name.EndsWith(".doc", StringComparison.Ordinal)
            ? new Input(this, base.OpenInput(name, context)) : base.OpenInput(name, context);

    private void Take()
    {
        if (IsExhausted) throw new InsufficientMemoryException();
    }

    private sealed class Input(ExhaustedDirectory directory, IndexInput inner) : IndexInput(inner.ToString())
    {
        public override long Length => inner.Length;

        public override long Position => inner.Position;

        public override byte ReadByte()
        {
            directory.Take();
            return inner.ReadByte();
        }

        public override void ReadBytes(byte[] b, int offset, int len)
        {
            directory.Take();
            inner.ReadBytes(b, offset, len);
        }

        public override void Seek(long pos) => inner.Seek(pos);

        public override object Clone() => new Input(directory, (IndexInput)inner.Clone());

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
        }
    }
}

using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.Source;

/// <summary>
/// A folder whose blocks of terms notice that Lucene goes round in them. Since Lucene 4 these blocks name each other by their
/// place. A damaged place can lead into a block that Lucene is in already: it would go down for ever without handing out a term,
/// until all memory is taken. An enumeration from the first term to the last goes to each place once.
/// </summary>
internal sealed class TermBlocksDirectory(Directory directory) : FilterDirectory(directory)
{
    private const string Terms = ".tim";

    public override IndexInput OpenInput(string name, IOContext context) => Watched(name, base.OpenInput(name, context));

    public override IndexInputSlicer CreateSlicer(string name, IOContext context) => new Slicer(base.CreateSlicer(name, context));

    private static IndexInput Watched(string name, IndexInput input) =>
        name.EndsWith(Terms, StringComparison.Ordinal) ? new BlocksInput(input) : input;

    private sealed class Slicer(IndexInputSlicer slicer) : IndexInputSlicer
    {
        public override IndexInput OpenSlice(string sliceDescription, long offset, long length) =>
            Watched(sliceDescription, slicer.OpenSlice(sliceDescription, offset, length));

        [Obsolete("Lucene's own is.")]
        public override IndexInput OpenFullSlice() => slicer.OpenFullSlice();

        protected override void Dispose(bool disposing)
        {
            if (disposing) slicer.Dispose();
        }
    }

    // Each enumeration of terms has a clone of its own. Whether its places repeat is found as Brent did: one of them is kept to
    // compare with, and a later one in its stead after twice as many steps each time.
    private sealed class BlocksInput(IndexInput input) : IndexInput(input.ToString()!)
    {
        private long _kept = -1;
        private long _steps;
        private long _mostSteps = 1;

        public override long Length => input.Length;

        public override long Position => input.Position;

        public override byte ReadByte() => input.ReadByte();

        public override void ReadBytes(byte[] b, int offset, int len) => input.ReadBytes(b, offset, len);

        public override void Seek(long pos)
        {
            if (pos == _kept) throw new CorruptIndexException("its blocks of terms lead back to one another");
            if (++_steps >= _mostSteps) (_kept, _steps, _mostSteps) = (pos, 0, 2 * _mostSteps);
            input.Seek(pos);
        }

        public override object Clone() => new BlocksInput((IndexInput)input.Clone());

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
        }
    }
}

using SpladeLucene.Tool.Exporting.Forms;

namespace SpladeLucene.Tool.Exporting;

/// <summary>Where the vectors of documents come from.</summary>
internal abstract class ExportSource : IDisposable
{
    /// <summary>The weight that would be the impact 256.</summary>
    public abstract double Range { get; }

    /// <summary>How much has been read, of how much.</summary>
    public abstract (long Done, long All) Progress { get; }

    /// <summary>The documents with the weights that were asked for, in the order of the source.</summary>
    /// <exception cref="InvalidDataException">A document has no id.</exception>
    public abstract IAsyncEnumerable<ExportedVector> Documents(CancellationToken cancellation);

    public abstract void Dispose();
}

using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Importing;

namespace SpladeLucene.Tool.Exporting;

/// <summary>An index of texts' vectors, which is deleted with the object. How a term is weighed in a query, and which terms there
/// are, is known once all texts are encoded.</summary>
internal sealed class TemporaryIndex : IDisposable
{
    /// <summary>The SPLADE field: no member of a text is called so.</summary>
    public const string VectorField = "[splade]";

    private readonly string _made = Directory.CreateTempSubdirectory("splade-export-").FullName;

    private TemporaryIndex()
    {
    }

    /// <summary>The index.</summary>
    public string Folder => Path.Combine(_made, "index");

    /// <summary>Encodes all texts.</summary>
    /// <exception cref="InvalidDataException">An id is missing, or there twice.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is left behind.</exception>
    public static async Task<TemporaryIndex> MakeAsync(TextsSource source, ExportTally tally, CancellationToken cancellation)
    {
        var index = new TemporaryIndex();
        try
        {
            await NewIndex.MakeAsync(index.Folder, writer => AddAsync(writer, source, tally, cancellation)).ConfigureAwait(false);
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_made, recursive: true);

    private static async Task<bool> AddAsync(IndexWriter writer, TextsSource source, ExportTally tally, CancellationToken cancellation)
    {
        await foreach (ExportedVector document in source.Documents(cancellation).ConfigureAwait(false))
        {
            tally.Document(source, document.Id, document.Terms.Count);
            var made = new Document { new StoredField(ImportRequest.IdField, document.Id) };
            foreach ((string name, IReadOnlyList<string> values) in document.Fields)
                foreach (string value in values) made.Add(new StoredField(name, value));
            made.Add(new SpladeField(VectorField, SparseVector.Create(document.Terms.Select(term => new SparseTerm(term.Term, term.Weight))), source.Model, ImpactFormat.Default));
            writer.AddDocument(made);
        }

        return true;
    }
}

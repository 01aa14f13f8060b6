using System.Diagnostics;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Importing;

/// <summary>Makes an index of vectors from elsewhere, in a folder beside the target that is renamed once it is complete.</summary>
internal sealed class ImportSession(ImportRequest request, Func<string, ISparseEncoder> load, IImportReport report)
{
    // Between two looks at the clock.
    private const int Pause = 256;

    /// <exception cref="InvalidDataException">There is something in the target's place already, or nothing is skipped by a name.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is left behind.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        VectorFiles files = VectorFiles.Find(request.Vectors);
        var documents = new ImportedDocuments(request, FingerprintOf());
        long count = await NewIndex.MakeAsync(request.Index,
            writer => Task.FromResult(Write(writer, files, documents, clock, cancellation)),
            reader => RequireDistinct(reader, files)).ConfigureAwait(false);
        report.Result(new ImportResult(request.Index, count, documents.EmptyVectors, documents.ClippedWeights,
            documents.DroppedWeights, Math.Round(clock.Elapsed.TotalSeconds, 3)));
    }

    private ModelFingerprint FingerprintOf()
    {
        if (request.Model is null) return request.FingerprintOfName();
        using ISparseEncoder encoder = load(request.Model);
        return encoder.Fingerprint;
    }

    private long Write(
        IndexWriter writer, VectorFiles files, ImportedDocuments documents, Stopwatch clock, CancellationToken cancellation)
    {
        long count = 0;
        foreach (Document document in files.Documents(request, documents.Make))
        {
            cancellation.ThrowIfCancellationRequested();
            writer.AddDocument(document);
            if (++count % Pause == 0) report.Progress(count, files.Read, files.Bytes, clock.Elapsed);
        }

        // A name that nothing has is misspelt.
        if (request.Skipped.FirstOrDefault(name => !files.Left.Contains(name)) is { } missing)
            throw new InvalidDataException($"No document has '{missing}', which --skip names.");
        return count;
    }

    // Asked of the index, which knows all ids already; where one is there twice the files are read again to say where.
    private void RequireDistinct(DirectoryReader reader, VectorFiles files)
    {
        if (MultiFields.GetTerms(reader, ImportRequest.IdField)?.GetEnumerator() is not { } ids) return;
        while (ids.MoveNext())
        {
            if (ids.DocFreq == 1) continue;
            string twice = ids.Term.Utf8ToString();
            int found = 0;
            foreach (ImportedDocument document in files.Documents(request, Known))
                Debug.Assert(document.Id.Length > 0, "the lines are those that were read before");
            throw new InvalidDataException($"The id '{twice}' stands in '{request.Vectors}' twice.");

            ImportedDocument Known(ImportedDocument document) => document.Id != twice || ++found == 1 ? document
                : throw new FormatException($"the id '{twice}' stands there twice");
        }
    }
}

using System.Diagnostics;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SpladeLucene.Evaluation;
using Directory = System.IO.Directory;

namespace SpladeLucene.Tool.Importing;

/// <summary>Makes an index of vectors from elsewhere, in a folder beside the target that is renamed once it is complete.</summary>
internal sealed class ImportSession(ImportRequest request, Func<string, ISparseEncoder> load, IImportReport report)
{
    // Between two looks at the clock.
    private const int Pause = 256;

    /// <exception cref="InvalidDataException">There is something in the target's place already.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is left behind.</exception>
    public void Run(CancellationToken cancellation)
    {
        if (File.Exists(request.Index) || (Directory.Exists(request.Index) && Directory.EnumerateFileSystemEntries(request.Index).Any()))
            throw new InvalidDataException($"'{request.Index}' is there already; an import makes a new index.");
        VectorFiles files = VectorFiles.Find(request.Vectors);
        var documents = new ImportedDocuments(request, FingerprintOf());
        string made = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Index)) + $".importing-{Environment.ProcessId}";
        try
        {
            var clock = Stopwatch.StartNew();
            long count = Write(made, files, documents, clock, cancellation);
            if (Directory.Exists(request.Index)) Directory.Delete(request.Index);
            Directory.Move(made, request.Index);
            report.Result(new ImportResult(request.Index, count, documents.EmptyVectors, documents.ClippedWeights,
                documents.DroppedWeights, Math.Round(clock.Elapsed.TotalSeconds, 3)));
        }
        finally
        {
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        }
    }

    private ModelFingerprint FingerprintOf()
    {
        if (request.Model is null) return request.FingerprintOfName();
        using ISparseEncoder encoder = load(request.Model);
        return encoder.Fingerprint;
    }

    private long Write(
        string folder, VectorFiles files, ImportedDocuments documents, Stopwatch clock, CancellationToken cancellation)
    {
        using FSDirectory directory = FSDirectory.Open(folder);
        using var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        long count = 0;
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)))
        {
            try
            {
                foreach (Document document in files.Documents(request, documents.Make))
                {
                    cancellation.ThrowIfCancellationRequested();
                    writer.AddDocument(document);
                    if (++count % Pause == 0) report.Progress(count, files.Read, files.Bytes, clock.Elapsed);
                }
            }
            catch
            {
                writer.Rollback();
                throw;
            }
        }

        using DirectoryReader reader = DirectoryReader.Open(directory);
        RequireDistinct(reader, files);
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

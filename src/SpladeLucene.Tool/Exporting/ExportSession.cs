using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Indexing;
using SpladeLucene.Tool.Searching;

namespace SpladeLucene.Tool.Exporting;

/// <summary>Writes the vectors of an index or of texts, or queries that go with them.</summary>
internal sealed class ExportSession(ExportRequest request, ToolConsole console, Func<string, ISparseEncoder> load)
{
    private readonly ExportTally _tally = new(console);

    /// <exception cref="FileNotFoundException">The source or the queries are missing.</exception>
    /// <exception cref="InvalidDataException">The source can't be told to that engine.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; no file is left behind.</exception>
    public async Task<ExportResult> RunAsync(CancellationToken cancellation)
    {
        if (request.RequireSource()) return await FromIndexAsync(request.Source, request, cancellation).ConfigureAwait(false);
        if (request.AreQueries || request.Format.NumbersTerms) return await OverIndexAsync(cancellation).ConfigureAwait(false);
        using ExportOutput output = Open();
        using TextsSource source = Texts(request);
        await WriteAsync(source, request.Target, output, cancellation).ConfigureAwait(false);
        output.Complete();
        return _tally.Result(output.Bytes, source.Range);
    }

    private async Task<ExportResult> OverIndexAsync(CancellationToken cancellation)
    {
        using TemporaryIndex index = await EncodeAsync(cancellation).ConfigureAwait(false);
        _tally.Restart();
        ExportRequest asked = request with { Id = null, Field = TemporaryIndex.VectorField, With = request.FieldsOfTexts };
        return await FromIndexAsync(index.Folder, asked, cancellation).ConfigureAwait(false);
    }

    private async Task<TemporaryIndex> EncodeAsync(CancellationToken cancellation)
    {
        using TextsSource source = Texts(request with { Weights = ExportWeights.Real });
        return await TemporaryIndex.MakeAsync(source, _tally, cancellation).ConfigureAwait(false);
    }

    private async Task<ExportResult> FromIndexAsync(string folder, ExportRequest asked, CancellationToken cancellation)
    {
        using OpenedIndex index = OpenedIndex.Open(folder);
        try
        {
            // Vectors of damaged postings would be others, and nothing behind would tell.
            if (!asked.AreQueries) index.RequireWhole(cancellation);
            return await FromIndexAsync(index, asked, cancellation).ConfigureAwait(false);
        }
        catch (Exception problem) when (index.DamageBehind(problem) is { } damage)
        {
            throw new InvalidDataException(damage, problem);
        }
    }

    private async Task<ExportResult> FromIndexAsync(OpenedIndex index, ExportRequest asked, CancellationToken cancellation)
    {
        using var source = new IndexSource(asked, index);
        ExportTarget target = asked.Target with { Fields = asked.With, Numbers = asked.Format.NumbersTerms ? NumbersOf(source) : null };
        using ExportOutput output = Open();
        QueryWeighing? weighing = asked.AreQueries ? WriteQueries(source, target, output, cancellation) : null;
        if (!asked.AreQueries) await WriteAsync(source, target, output, cancellation).ConfigureAwait(false);
        Complete(output, target.Numbers);
        return _tally.Result(output.Bytes, source.Range) with { Weighing = weighing };
    }

    private void Complete(ExportOutput output, TermNumbers? numbers)
    {
        if (numbers is null || File.Exists(request.Vocabulary))
        {
            output.Complete();
            return;
        }

        try
        {
            numbers.Write(request.Vocabulary!);
            output.Complete();
        }
        catch
        {
            // A list of terms without its vectors would be taken for the one that they go by.
            if (File.Exists(request.Vocabulary)) File.Delete(request.Vocabulary);
            throw;
        }
    }

    private TermNumbers NumbersOf(IndexSource source)
    {
        string file = request.Vocabulary!;
        if (Directory.Exists(file)) throw new InvalidDataException($"'{file}' is a folder; --vocabulary names a file.");
        return File.Exists(file) ? TermNumbers.Read(file) : new TermNumbers(source.Terms(), request.Source);
    }

    private async Task WriteAsync(ExportSource source, ExportTarget target, ExportOutput output, CancellationToken cancellation)
    {
        using VectorForm form = request.Format.NewForm(target);
        form.Begin(output.Buffer);
        await foreach (ExportedVector document in source.Documents(cancellation).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
            _tally.Document(source, document.Id, document.Terms.Count);
            if (document.Terms.Count > 0 || !request.Format.SkipsEmptyDocuments) form.Document(output.Buffer, document);
            output.Flush();
        }

        form.End(output.Buffer);
    }

    private QueryWeighing WriteQueries(IndexSource source, ExportTarget target, ExportOutput output, CancellationToken cancellation)
    {
        List<CollectionQuery> queries = ReadQueries();
        using ISparseEncoder encoder = request.Table is { } table
            ? InferenceFreeQueryEncoder.LoadTable(table, source.ModelOfVectors()) : load(request.Model!);
        using VectorForm form = request.Format.NewForm(target);
        foreach (CollectionQuery each in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            ExportedQuery query = source.QueryOf(each, encoder);
            bool isEmpty = target.Numbers is { } numbers ? !numbers.Known(query.Terms).Any() : query.Terms.Count == 0;
            if (!isEmpty || !request.Format.SkipsEmptyQueries) form.Query(output.Buffer, query);
            output.Flush();
            _tally.Query(query.Terms.Count, isEmpty, queries.Count);
        }

        return new QueryWeighing(encoder.QueryIdfExponent, encoder.FloorShare, encoder.FusionWeight);
    }

    private List<CollectionQuery> ReadQueries()
    {
        string place = request.Queries ?? request.Source;
        string file = Directory.Exists(place) ? TestCollection.QueriesIn(place) : place;
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no file '{file}'.");
        List<CollectionQuery> queries = TestCollection.ReadQueries(file, null);
        return queries.Count > 0 ? queries : throw new InvalidDataException($"'{file}' has no query.");
    }

    private TextsSource Texts(ExportRequest asked) =>
        new(asked, TextSource.Find(request.Source, new HashSet<string>(StringComparer.Ordinal)), load(request.Model!));

    private ExportOutput Open() => ExportPlaces.Open(request, console.Out.Profile.Out.Writer);
}

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Evaluation;
using SpladeLucene.Onnx;
using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Importing;
using SpladeLucene.Tool.Indexing;
using Directory = System.IO.Directory;

namespace SpladeLucene.Tool.Exporting;

/// <summary>Writes the vectors of an index or of texts, or queries that go with them.</summary>
internal sealed class ExportSession(ExportRequest request, ToolConsole console, Func<string, ISparseEncoder> load)
{
    // No member of a text is called so.
    private const string TemporaryField = "[splade]";

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ImportText _said = new(console, "Exporting");
    private readonly HashSet<Int128> _ids = [];
    private long _written, _empty, _terms;
    private QueryWeighing? _weighing;

    /// <exception cref="FileNotFoundException">The source or the queries are missing.</exception>
    /// <exception cref="InvalidDataException">The source can't be told to that engine.</exception>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; no file is left behind.</exception>
    public async Task<ExportResult> RunAsync(CancellationToken cancellation)
    {
        bool isIndex = IsIndex(request.Source);
        if (!File.Exists(request.Source) && !Directory.Exists(request.Source)) throw new FileNotFoundException($"There is no file or folder '{request.Source}'.");
        if (!isIndex && request.Model is null) throw new InvalidDataException($"'{request.Source}' is no index: --model names the model that encodes its texts.");
        if (!isIndex && request.Field is not null) throw new InvalidDataException($"'{request.Source}' is no index, and has no field for --field.");
        if (isIndex && request.From.Count > 0) throw new InvalidDataException($"'{request.Source}' is an index, whose vectors are there already: --from is for texts.");
        if (isIndex) return await FromIndexAsync(request.Source, request, cancellation).ConfigureAwait(false);
        if (request.AreQueries || request.Format.NumbersTerms) return await OverIndexAsync(cancellation).ConfigureAwait(false);
        using ExportOutput output = Open();
        using TextsSource source = Texts(request);
        await WriteAsync(source, request.Target, output, cancellation).ConfigureAwait(false);
        return Complete(output, source.Range);
    }

    // How a term is weighed in a query, and which terms there are, is known once all texts are encoded.
    private async Task<ExportResult> OverIndexAsync(CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("splade-export-").FullName;
        try
        {
            string index = Path.Combine(folder, "index");
            using (TextsSource source = Texts(request with { Weights = ExportWeights.Real }))
                await NewIndex.MakeAsync(index, writer => AddAsync(writer, source, cancellation)).ConfigureAwait(false);
            (_written, _empty, _terms) = (0, 0, 0);
            _ids.Clear();
            return await FromIndexAsync(index, request with { Id = null, Field = TemporaryField, With = request.FieldsOfTexts }, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<long> AddAsync(IndexWriter writer, TextsSource source, CancellationToken cancellation)
    {
        await foreach (ExportedVector document in source.Documents(cancellation).ConfigureAwait(false))
        {
            Count(source, document);
            var made = new Document { new StoredField(ImportRequest.IdField, document.Id) };
            foreach ((string name, IReadOnlyList<string> values) in document.Fields)
                foreach (string value in values) made.Add(new StoredField(name, value));
            made.Add(new SpladeField(TemporaryField, SparseVector.Create(document.Terms.Select(term => new SparseTerm(term.Term, term.Weight))), source.Model, ImpactFormat.Default));
            writer.AddDocument(made);
        }

        return _written;
    }

    private async Task<ExportResult> FromIndexAsync(string folder, ExportRequest asked, CancellationToken cancellation)
    {
        using IndexSource source = IndexSource.Open(folder, asked);
        ExportTarget target = asked.Target with { Fields = asked.With, Numbers = asked.Format.NumbersTerms ? NumbersOf(source) : null };
        using ExportOutput output = Open();
        if (asked.AreQueries) WriteQueries(source, target, output, cancellation);
        else await WriteAsync(source, target, output, cancellation).ConfigureAwait(false);
        if (target.Numbers is not { } numbers || File.Exists(request.Vocabulary)) return Complete(output, source.Range);
        try
        {
            numbers.Write(request.Vocabulary!);
            return Complete(output, source.Range);
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
            Count(source, document);
            if (document.Terms.Count > 0 || !request.Format.SkipsEmptyDocuments) form.Document(output.Buffer, document);
            output.Flush();
        }

        form.End(output.Buffer);
    }

    private void Count(ExportSource source, ExportedVector document)
    {
        if (document.Id.Length == 0) throw new InvalidDataException("A document's id is empty; --id names another field.");
        if (!_ids.Add(HashOf(document.Id))) throw new InvalidDataException($"The id '{document.Id}' is that of two documents; --id names another field.");
        if (document.Terms.Count == 0) _empty++;
        _terms += document.Terms.Count;
        (long done, long all) = source.Progress;
        _said.Progress(++_written, done, all, _clock.Elapsed);
    }

    private void WriteQueries(IndexSource source, ExportTarget target, ExportOutput output, CancellationToken cancellation)
    {
        List<CollectionQuery> queries = ReadQueries();
        using ISparseEncoder encoder = request.Table is { } table
            ? InferenceFreeQueryEncoder.LoadTable(table, source.ModelOfVectors()) : load(request.Model!);
        _weighing = new QueryWeighing(encoder.QueryIdfExponent, encoder.FloorShare, encoder.FusionWeight);
        using VectorForm form = request.Format.NewForm(target);
        foreach (CollectionQuery each in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            ExportedQuery query = source.QueryOf(each, encoder);
            bool isEmpty = target.Numbers is { } numbers ? !numbers.Known(query.Terms).Any() : query.Terms.Count == 0;
            if (isEmpty) _empty++;
            if (!isEmpty || !request.Format.SkipsEmptyQueries) form.Query(output.Buffer, query);
            output.Flush();
            _terms += query.Terms.Count;
            _said.Progress(++_written, _written, queries.Count, _clock.Elapsed);
        }
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

    private ExportOutput Open()
    {
        string[] read = [.. new[] { request.Source, request.Queries, request.Vocabulary }.OfType<string>().Select(Path.GetFullPath)];
        if (request.To is { } to && read.Contains(Path.GetFullPath(to))) throw new InvalidDataException($"'{to}' is read and can't be written too.");
        foreach (string made in new[] { request.To, request.Vocabulary }.OfType<string>().Where(IsInTheIndex))
            throw new InvalidDataException($"'{made}' lies in the index, which is only read; a file beside it can be written.");
        return ExportOutput.Open(request.To, console.Out.Profile.Out.Writer);
    }

    private bool IsInTheIndex(string file) => IsIndex(request.Source)
        && Path.GetDirectoryName(Path.GetFullPath(file)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Source));

    private ExportResult Complete(ExportOutput output, double range)
    {
        output.Complete();
        return new ExportResult(_written, _empty, _terms, output.Bytes, range, _clock.Elapsed) { Weighing = _weighing };
    }

    private static bool IsIndex(string folder)
    {
        if (!Directory.Exists(folder)) return false;
        using FSDirectory directory = FSDirectory.Open(folder);
        return DirectoryReader.IndexExists(directory);
    }

    private static Int128 HashOf(string id) => BitConverter.ToInt128(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}

/// <summary>What was written.</summary>
/// <param name="Vectors">How many documents or queries.</param>
/// <param name="Empty">How many of them have no term.</param>
/// <param name="Terms">The terms of all.</param>
/// <param name="Bytes">The bytes, before they are packed.</param>
/// <param name="Range">The weight that would be the impact 256.</param>
/// <param name="Elapsed">The time it took.</param>
internal sealed record ExportResult(long Vectors, long Empty, long Terms, long Bytes, double Range, TimeSpan Elapsed)
{
    /// <summary>How queries were weighed; null of documents.</summary>
    public QueryWeighing? Weighing { get; init; }
}

/// <summary>What a model says of its queries.</summary>
/// <param name="IdfExponent">What is in the weights.</param>
/// <param name="FloorShare">What is in the least scores.</param>
/// <param name="FusionWeight">The share beside BM25, which is in nothing; null where it isn't known.</param>
internal sealed record QueryWeighing(float IdfExponent, float FloorShare, float? FusionWeight);

using System.Diagnostics;
using Lucene.Net.Documents;
using SpladeLucene.Evaluation;
using SpladeLucene.Naming;
using SpladeLucene.Tool.Importing;

namespace SpladeLucene.Tool.Indexing;

/// <summary>Makes an index of documents, their words and their meaning.</summary>
internal sealed class IndexSession(IndexRequest request, Func<string, ISparseEncoder> load, IImportReport report)
{
    /// <summary>Where an id is looked for unless it is named, and what is encoded unless that is said.</summary>
    private static readonly string[] Ids = ["_id", "id", TextSource.PathMember], Usual = ["title", TextSource.TextMember];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private readonly SortedSet<string> _members = new(StringComparer.Ordinal);

    // Bytes of the source that were read by the end of each document that waits to be added, and of the last one added.
    private readonly Queue<long> _read = new();
    private long _added, _readOfAdded;

    /// <exception cref="FileNotFoundException">The source is missing.</exception>
    /// <exception cref="InvalidDataException">There is something in the index's place already.</exception>
    /// <exception cref="MalformedLineException">A document is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing is left behind.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        TextSource source = TextSource.Find(request.Source, request.Skipped.ToHashSet(StringComparer.Ordinal));
        using ISparseEncoder encoder = load(request.Model);
        var definition = new SpladeFieldDefinition(request.To, encoder)
        {
            Sources = request.From.Count > 0 ? request.From : Usual, Format = request.Format,
        };
        SpladeIndexerResult result = await NewIndex.MakeAsync(request.Index, async writer =>
        {
            SpladeIndexerResult added = await definition
                .CreateIndexer(writer, new SpladeIndexerOptions { IdField = ImportRequest.IdField })
                .AddAsync(source.Documents().Select(each => Noting(source.Read, ToIndex(each, definition))),
                    new Said(done => report.Progress(done, ReadOf(done), source.Bytes, clock.Elapsed)), cancellation).ConfigureAwait(false);
            RequireAllMet(source);
            return added;
        }).ConfigureAwait(false);
        report.Result(new ImportResult(request.Index, result.Documents, result.EmptyVectors, result.ClippedWeights,
            DroppedWeights: 0, Math.Round(clock.Elapsed.TotalSeconds, 3)));
    }

    // Documents are read ahead of those that are added.
    private SpladeDocument Noting(long read, SpladeDocument document)
    {
        _read.Enqueue(read);
        return document;
    }

    private long ReadOf(long added)
    {
        for (; _added < added; _added++) _readOfAdded = _read.Dequeue();
        return _readOfAdded;
    }

    // A name that nothing has is misspelt.
    private void RequireAllMet(TextSource source)
    {
        if (_seen.Count == 0) throw new InvalidDataException($"'{request.Source}' has no document.");
        string? missing = request.From.FirstOrDefault(name => !_members.Contains(name));
        string? skipped = request.Skipped.FirstOrDefault(name => !source.Left.Contains(name));
        if ((missing ?? skipped) is not { } name) return;
        throw new InvalidDataException($"No document has '{name}'{NearestName.Hint(name, _members)}, which {(missing is null ? "--skip" : "--from")} names; "
            + $"they have {string.Join(", ", _members)}.");
    }

    private SpladeDocument ToIndex(SourceDocument source, SpladeFieldDefinition definition)
    {
        string idMember = request.Id ?? Array.Find(Ids, name => source.Value(name) is not null) ?? Ids[0];
        string id = source.Value(idMember) ?? throw Refuse(source, $"'{idMember}' is missing; --id names the member that is the id, of {string.Join(", ", source.Members.Select(member => member.Key).Distinct(StringComparer.Ordinal))}");
        if (source.Members.Count(member => member.Key == idMember) > 1) throw Refuse(source, $"'{idMember}' has several values, and an id is one");
        try
        {
            FieldLimits.RequireId(id);
        }
        catch (FormatException bad)
        {
            throw Refuse(source, bad.Message);
        }

        if (!_seen.Add(id)) throw Refuse(source, $"the id '{id}' stands there twice");
        var document = new Document { new StringField(ImportRequest.IdField, id, Field.Store.YES) };
        foreach ((string name, string value) in source.Members)
        {
            if (name == idMember) continue;
            _members.Add(name);
            if (name == request.To || name == ImportRequest.IdField)
                throw Refuse(source, $"'{name}' is the name of a field that is made; --skip {name} leaves it out");
            document.Add(new TextField(name, value, Field.Store.YES));
        }

        if (definition.TextOf(document) is null)
        {
            throw Refuse(source, $"it has no {string.Join(" and no ", definition.Sources.Select(name => $"'{name}'"))}; --from says what is encoded, of "
                + $"{string.Join(", ", source.Members.Select(member => member.Key).Where(name => name != idMember).Distinct(StringComparer.Ordinal))}");
        }

        return definition.ToIndex(document);
    }

    private static InvalidDataException Refuse(SourceDocument source, string why) => new($"{source.Place}: {why}.");

    private sealed class Said(Action<long> say) : IProgress<SpladeProgress>
    {
        public void Report(SpladeProgress value) => say(value.Done);
    }
}

using System.Runtime.CompilerServices;
using SpladeLucene.Tool.Exporting.Forms;
using SpladeLucene.Tool.Indexing;

namespace SpladeLucene.Tool.Exporting;

/// <summary>Texts that go through a model, without an index. The encoder is disposed with it.</summary>
internal sealed class TextsSource(ExportRequest request, TextSource texts, ISparseEncoder encoder) : ExportSource
{
    private const int Batch = 256;

    /// <summary>What a text's fields are, unless they are named, and the members of its id.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["title", TextSource.TextMember];

    private static readonly string[] Ids = ["_id", "id", TextSource.PathMember];

    private readonly IReadOnlyList<string> _from = request.From.Count > 0 ? request.From : Usual;

    /// <summary>The model that encodes them.</summary>
    public ModelFingerprint Model => encoder.Fingerprint;

    public override double Range => ImpactQuantizer.DefaultRange;

    public override (long Done, long All) Progress => (texts.Read, texts.Bytes);

    public override async IAsyncEnumerable<ExportedVector> Documents([EnumeratorCancellation] CancellationToken cancellation)
    {
        texts.Only = new HashSet<string>([.. _from, .. request.With, .. request.Id is { } id ? [id] : Ids], StringComparer.Ordinal);
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (SourceDocument[] batch in texts.Documents().Chunk(Batch))
        {
            foreach (SourceDocument document in batch) met.UnionWith(document.Members.Select(member => member.Key));
            string[] bodies = [.. batch.Select(BodyOf)];
            IReadOnlyList<SparseVector> vectors = await encoder.EncodeEachAsync(bodies, cancellation).ConfigureAwait(false);
            for (int i = 0; i < batch.Length; i++) yield return new ExportedVector(IdOf(batch[i]), FieldsOf(batch[i], bodies[i]), TermsOf(vectors[i]));
        }

        if (met.Count == 0) throw new InvalidDataException($"'{request.Source}' has no document.");
        if (request.With.FirstOrDefault(name => !met.Contains(name)) is { } missing)
            throw new InvalidDataException($"No document has '{missing}', which --with names.");
    }

    public override void Dispose() => encoder.Dispose();

    private string IdOf(SourceDocument document)
    {
        string member = request.Id ?? Array.Find(Ids, name => document.Value(name) is not null) ?? Ids[0];
        string? id = document.Value(member);
        return string.IsNullOrEmpty(id) ? throw new InvalidDataException($"{document.Place}: '{member}' is missing; --id names the member that is the id.") : id;
    }

    private string BodyOf(SourceDocument document)
    {
        string[] values = [.. _from.SelectMany(name => document.Members.Where(member => member.Key == name)).Select(member => member.Value)];
        return values.Length > 0 ? string.Join('\n', values.Where(value => value.Length > 0)) : throw new InvalidDataException(
            $"{document.Place}: it has no {string.Join(" and no ", _from.Select(name => $"'{name}'"))}; --from says what is encoded.");
    }

    private IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> FieldsOf(SourceDocument document, string body) => [.. request.FieldsOfTexts
        .Select(name => KeyValuePair.Create(name, (IReadOnlyList<string>)(name == TextSource.TextMember ? [body]
            : [.. document.Members.Where(member => member.Key == name).Select(member => member.Value)]))).Where(field => field.Value.Count > 0)];

    private IReadOnlyList<WeighedTerm> TermsOf(SparseVector vector) => request.Weights == ExportWeights.Real
        ? [.. vector.Select(term => new WeighedTerm(term.Term, term.Weight))]
        : [.. vector.Select(term => new WeighedTerm(term.Term, ImpactQuantizer.Default.Quantize(term.Weight))).Where(term => term.Weight > 0)];
}

using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SpladeLucene.Tool.Searching;

namespace SpladeLucene.Tool.Inspecting;

/// <summary>A document as its vectors have it.</summary>
/// <param name="Doc">Lucene's number of it.</param>
/// <param name="Stored">Its stored texts.</param>
/// <param name="Terms">Its terms: whole words before pieces, the heaviest first.</param>
internal sealed record DocumentReport(int Doc, IReadOnlyList<(string Name, string Value)> Stored, IReadOnlyList<DocumentTerm> Terms)
{
    /// <summary>Reads it. Costs a walk over the terms of the fields in its segment.</summary>
    /// <param name="index">The index.</param>
    /// <param name="asked">Lucene's number of the document, or a field with its value, as <c>id=a1</c>.</param>
    /// <param name="fields">The SPLADE fields.</param>
    /// <param name="sources">The stored fields that were encoded, for terms to have their words.</param>
    /// <exception cref="InvalidDataException">There is no such document.</exception>
    public static DocumentReport Of(OpenedIndex index, string asked, IReadOnlyList<string> fields, IReadOnlyList<string> sources)
    {
        int doc = Find(index, asked);
        return new DocumentReport(doc, [.. index.Reader.Document(doc).Where(each => each.GetStringValue() is not null).Select(each => (each.Name, each.GetStringValue()))],
            [.. fields.SelectMany(field => TermsOf(index, doc, field, sources))]);
    }

    private static IEnumerable<DocumentTerm> TermsOf(OpenedIndex index, int doc, string field, IReadOnlyList<string> sources)
    {
        ImpactFormat format = index.FormatOf(field);
        SpladeQuery itself = SpladeMoreLikeThis.Create(
            index.Reader, doc, field, new SpladeQueryOptions { Format = format, SourceFields = sources }, int.MaxValue);
        Dictionary<string, string?> words = SpladeExplainer.Matches(index.Reader, doc, itself)
            .ToDictionary(match => match.Term, match => match.DocumentSource?.Word, StringComparer.Ordinal);
        return itself.Vector.Select(term => new DocumentTerm(field, term.Term, format.Quantizer.Quantize(term.Weight), words.GetValueOrDefault(term.Term)))
            .OrderBy(term => TermText.IsPartOfWord(term.Term)).ThenByDescending(term => term.Impact).ThenBy(term => term.Term, StringComparer.Ordinal);
    }

    private static int Find(OpenedIndex index, string asked)
    {
        DirectoryReader reader = index.Reader;
        IBits? live = MultiFields.GetLiveDocs(reader);
        if (int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int doc))
        {
            if (doc >= reader.MaxDoc) throw new InvalidDataException($"The index has documents 0 to {reader.MaxDoc - 1}, and no {asked}.");
            return live?.Get(doc) != false ? doc : throw new InvalidDataException($"Document {asked} is deleted.");
        }

        int sign = asked.IndexOf('=', StringComparison.Ordinal);
        if (sign < 1) throw new InvalidDataException($"--document is Lucene's number or FIELD=VALUE, not '{asked}'.");
        (string field, string value) = (asked[..sign], asked[(sign + 1)..]);
        index.Require(field);
        DocsEnum? having = MultiFields.GetTermDocsEnum(reader, live, field, new BytesRef(value));
        if (having is not null && having.NextDoc() is var first && first != DocIdSetIterator.NO_MORE_DOCS) return first;
        return Enumerable.Range(0, reader.MaxDoc).Where(each => live?.Get(each) != false)
            .Cast<int?>().FirstOrDefault(each => Array.IndexOf(FieldOf(reader, each!.Value, field).GetValues(field), value) >= 0)
            ?? throw new InvalidDataException($"No document has '{value}' as '{field}'.");
    }

    private static Document FieldOf(DirectoryReader reader, int doc, string field) => reader.Document(doc, new HashSet<string>(StringComparer.Ordinal) { field });
}

/// <summary>A term of a document.</summary>
/// <param name="Field">The SPLADE field.</param>
/// <param name="Term">The vocabulary entry.</param>
/// <param name="Impact">1 to 255.</param>
/// <param name="Word">The document's word that it comes from; null where that isn't known.</param>
internal sealed record DocumentTerm(string Field, string Term, int Impact, string? Word);

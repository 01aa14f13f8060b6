using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>Generates documents that have, now and then, everything that an index can keep of a document.</summary>
internal sealed partial class LegacyDocuments
{
    private readonly LegacyShape _shape;
    private readonly Random _random;
    private readonly LegacyTexts _texts;

    private LegacyDocuments(LegacyShape shape)
    {
        _shape = shape;
        _random = new Random(shape.Seed);
        _texts = new LegacyTexts(_random, shape.Features.HasFlag(LegacyFeatures.OddTexts));
    }

    public static List<Document> Of(LegacyShape shape)
    {
        var generator = new LegacyDocuments(shape);
        var documents = new List<Document>();
        foreach ((int segment, (int start, int end)) in shape.Borders.Zip(shape.Borders.Skip(1)).Index())
        {
            for (int number = start; number < end; number++) documents.Add(generator.Make(number, segment));
        }

        return documents;
    }

    private Document Make(int number, int segment)
    {
        var document = new Document { new StringField(LegacyFields.Id, LegacyIndex.IdOf(number), Field.Store.YES) };
        AddTexts(document, number);
        foreach ((string name, FieldType type) in LegacyFields.OfEveryLevel) AddTokens(document, name, type, payloads: false);
        if (Has(LegacyFeatures.Payloads)) AddTokenFields(document, LegacyFields.WithPayloads);
        if (Has(LegacyFeatures.Vectors)) AddTokenFields(document, LegacyFields.WithVectors);
        if (Has(LegacyFeatures.Boosts)) AddBoosted(document);
        if (Has(LegacyFeatures.StoredNumbers)) AddStoredValues(document);
        if (Has(LegacyFeatures.DocValues)) AddDocValues(document);
        if (Has(LegacyFeatures.Differing)) AddDiffering(document, segment);
        _shape.More?.Invoke(document, _random);
        return document;
    }

    private void AddTexts(Document document, int number)
    {
        document.Add(new TextField(LegacyFields.Body, _texts.Next(number), Field.Store.YES));
        if (Sometimes) document.Add(new TextField(LegacyFields.Body, _texts.Next(), Field.Store.YES));
        if (Mostly) document.Add(new TextField(LegacyFields.Title, _texts.Short(), Field.Store.YES));
        document.Add(new StoredField(LegacyFields.Unindexed, _texts.Next()));
        document.Add(new TextField(LegacyFields.Unstored, _texts.Next(), Field.Store.NO));
    }

    private void AddBoosted(Document document)
    {
        for (int values = _random.Next(3); values > 0; values--)
        {
            document.Add(new TextField("boosted", _texts.Next(), Field.Store.NO) { Boost = 0.25f * _random.Next(1, 40) });
        }
    }

    // Lucene keeps of a field what all segments have of it, once they are merged.
    private void AddDiffering(Document document, int segment)
    {
        document.Add(new TextField($"only_in_segment{segment % 4}", _texts.Short(), Field.Store.YES));
        FieldType type = (segment % 3) switch
        {
            0 => LegacyFields.Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS),
            1 => LegacyFields.Indexed(IndexOptions.DOCS_ONLY),
            _ => LegacyFields.Indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, omitNorms: true),
        };
        AddTokens(document, LegacyFields.Varied, type, payloads: segment % 3 == 0 && Has(LegacyFeatures.Payloads));
    }

    private bool Has(LegacyFeatures feature) => _shape.Features.HasFlag(feature);

    private bool Sometimes => _random.Next(4) == 0;

    private bool Mostly => !Sometimes;
}

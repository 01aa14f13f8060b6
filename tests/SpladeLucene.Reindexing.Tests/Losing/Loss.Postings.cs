using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Tests;

internal sealed partial record Loss
{
    private static IEnumerable<Loss> OfPostings =>
    [
        new("token", "posting of 'offsets'", all => all.Tokens("offsets").RemoveAt(0)),
        new("occurrence", "posting of 'positions_unnormed'",
            all => all.Tokens("positions_unnormed").Add(all.Tokens("positions_unnormed")[0])),
        new("position", "posting of 'positions'", all => all.Change("positions", Later)),
        new("offset", "posting of 'offsets'", all => all.Change("offsets", Longer)),
        new("payload", "posting of 'payloads'", all => all.Change("payloads", token => token with { Payload = null })),
        new("byte of a payload", "posting of 'payloads_offsets'", all => all.Change("payloads_offsets", Louder)),
        new("offsets", "posting of 'offsets'",
            all => Reduce(all, "offsets", IndexOptions.DOCS_AND_FREQS_AND_POSITIONS)),
        new("positions", "posting of 'positions'", all => Reduce(all, "positions", IndexOptions.DOCS_AND_FREQS)),
        new("frequencies", "segment 0, field 'once' was DOCS_AND_FREQS,",
            all => Reduce(all, "once", IndexOptions.DOCS_ONLY)),
        new("field of a document", "lost posting of 'positions_unnormed'", all => all.Remove("positions_unnormed")),
        new("field that was none", "gained", all => all[3].Add(new TextField("stranger", "dog", Field.Store.NO))),
    ];

    private static IEnumerable<Loss> OfVectors =>
    [
        new("term vector", "term vector of 'vectors'",
            all => all.Retype("vectors", type => type.StoreTermVectors = false)),
        new("positions of a term vector", "term vector of 'vectors_positions'",
            all => all.Retype("vectors_positions", type => type.StoreTermVectorPositions = false)),
        new("offsets of a term vector", "term vector of 'vectors_offsets'",
            all => all.Retype("vectors_offsets", type => type.StoreTermVectorOffsets = false)),
        new("payloads of a term vector", "term vector of 'vectors_payloads'",
            all => all.Retype("vectors_payloads", type => type.StoreTermVectorPayloads = false)),
        new("position in a term vector", "term vector of 'vectors_positions'",
            all => all.Change("vectors_positions", Later)),
        new("offset in a term vector", "term vector of 'vectors_offsets'",
            all => all.Change("vectors_offsets", Longer)),
        new("byte of a payload in a term vector", "vectors_payloads'", all => all.Change("vectors_payloads", Louder)),
    ];

    private static void Reduce(List<Document> all, string name, IndexOptions options) =>
        all.Retype(name, type => type.IndexOptions = options);

    private static LegacyToken Later(LegacyToken token) => token with { Increment = token.Increment + 1 };

    private static LegacyToken Longer(LegacyToken token) => token with { End = token.End + 1 };

    private static LegacyToken Louder(LegacyToken token) =>
        token with { Payload = new BytesRef([.. token.Payload!.Bytes, 7]) };
}

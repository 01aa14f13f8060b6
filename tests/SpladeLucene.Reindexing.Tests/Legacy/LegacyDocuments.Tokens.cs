using Lucene.Net.Documents;
using Lucene.Net.Util;

namespace SpladeLucene.Reindexing.Tests;

internal sealed partial class LegacyDocuments
{
    private const int LongestGap = 5;

    private void AddTokenFields(Document document, IReadOnlyDictionary<string, FieldType> fields)
    {
        foreach ((string name, FieldType type) in fields)
        {
            bool payloads = type.StoreTermVectorPayloads || LegacyFields.WithPayloads.ContainsKey(name);
            if (Mostly) AddTokens(document, name, type, payloads);
        }
    }

    private void AddTokens(Document document, string name, FieldType type, bool payloads)
    {
        int count = _random.Next(12);
        var tokens = new List<LegacyToken>();
        for (int end = 0; count > 0; count--) tokens.Add(Token(ref end, tokens.Count == 0, payloads));
        document.Add(new Field(name, new LegacyTokens(tokens), type));
    }

    // Tokens overlap, share positions and leave gaps.
    private LegacyToken Token(ref int end, bool isFirst, bool payloads)
    {
        string word = _texts.Word();
        int start = end + _random.Next(LongestGap);
        end = start + _random.Next(LongestGap);
        int increment = Mostly || isFirst ? _random.Next(1, 4) : 0;
        var payload = payloads && Mostly ? Bytes() : null;
        return new LegacyToken(word, increment, start, end, payload is { Length: 0 } ? new BytesRef([0]) : payload);
    }
}

/// <summary>A token as an analyzer gives it out.</summary>
internal sealed record LegacyToken(string Term, int Increment, int Start, int End, BytesRef? Payload);

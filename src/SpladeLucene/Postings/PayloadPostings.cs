using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Postings;

/// <summary>Impacts written as one-byte payloads, one a value of the field; the largest counts.</summary>
/// <param name="postings">Lucene's own.</param>
/// <param name="field">The field.</param>
/// <param name="live">
/// Where a payload that is no impact counts for nothing unless its document is live, because no search finds it; null where it never does.
/// </param>
internal sealed class PayloadPostings(DocsAndPositionsEnum postings, string field, IBits? live = null) : ImpactPostings(postings)
{
    private readonly DocsAndPositionsEnum _postings = postings;

    public override int ReadImpact()
    {
        int largest = 0;
        int frequency = _postings.Freq;
        for (int i = 0; i < frequency; i++)
        {
            _postings.NextPosition();
            BytesRef? payload = _postings.GetPayload();
            // Whoever wrote plain tokens into a field of payloads meant their frequency.
            if (payload is null) return FrequencyPostings.Clip(frequency);
            largest = Math.Max(largest, Decode(payload, _postings.DocID, field, live));
        }

        return largest;
    }

    public override void Accumulate(Span<int> sums, int start, int end, int weight)
    {
        int doc = Doc;
        while (doc < end)
        {
            sums[doc - start] += weight * ReadImpact();
            doc = _postings.NextDoc();
        }

        Doc = doc;
    }

    public override int Read(Span<int> docs, Span<byte> impacts)
    {
        for (int i = 0; i < docs.Length; i++)
        {
            int doc = _postings.NextDoc();
            if (doc == DocsEnum.NO_MORE_DOCS) return i;
            docs[i] = doc;
            impacts[i] = (byte)ReadImpact();
        }

        return docs.Length;
    }

    /// <summary>The impact that a payload is, 0 to 255.</summary>
    /// <exception cref="ForeignPayloadException">It is none, of a document that may be found.</exception>
    public static int Decode(BytesRef payload, int doc, string field, IBits? live)
    {
        if (payload.Length == 1) return payload.Bytes[payload.Offset];
        if (live?.Get(doc) == false) return 0;
        throw new ForeignPayloadException($"The field '{field}' has a payload of {payload.Length} bytes, and a SPLADE impact is one byte: "
            + "keep other tokens with payloads in a field of their own.");
    }
}

/// <summary>Somebody else wrote a payload into the field.</summary>
internal sealed class ForeignPayloadException(string message) : InvalidOperationException(message);

using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.Impacts;

/// <summary>Impacts written as one-byte payloads, one a value of the field; the largest counts.</summary>
internal sealed class PayloadPostings(DocsAndPositionsEnum postings, string field) : ImpactPostings(postings)
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
            largest = Math.Max(largest, Decode(payload));
        }

        return largest;
    }

    private int Decode(BytesRef payload) => payload.Length == 1
        ? payload.Bytes[payload.Offset]
        : throw new InvalidOperationException(
            $"The field '{field}' has a payload of {payload.Length} bytes; a SPLADE impact is one byte.");
}

using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Search.Similarities;

// The scoring of a searcher that was given none.
public class DefaultSimilarity : TFIDFSimilarity
{
    private static readonly float[] NormOfByte = SmallSingle.DecodeTable();

    public override float Coord(int overlap, int maxOverlap) => overlap / (float)maxOverlap;

    public override float QueryNorm(float sumOfSquaredWeights) => (float)(1.0 / Math.Sqrt(sumOfSquaredWeights));

    public override float Tf(float freq) => (float)Math.Sqrt(freq);

    public override float Idf(long docFreq, long numDocs) => (float)(Math.Log(numDocs / (double)(docFreq + 1)) + 1.0);

    // Tokens at the position of the token before them do not make the field longer.
    public override float LengthNorm(FieldInvertState state) =>
        state.Boost * (float)(1.0 / Math.Sqrt(state.Length - state.NumOverlap));

    public sealed override long EncodeNormValue(float f) => (sbyte)SmallSingle.Encode(f);

    public sealed override float DecodeNormValue(long norm) => NormOfByte[(byte)norm];

    public override float SloppyFreq(int distance) => 1f / (distance + 1);

    public override float ScorePayload(int doc, int start, int end, BytesRef payload) => 1f;

    public override string ToString() => nameof(DefaultSimilarity);
}

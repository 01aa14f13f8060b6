using Lucene.Net.Util;

namespace Lucene.Net.Analysis.TokenAttributes;

// Bytes that the index keeps with a token's position.
public interface IPayloadAttribute : IAttribute
{
    BytesRef Payload { get; set; }
}

public class PayloadAttribute : Util.Attribute, IPayloadAttribute
{
    public virtual BytesRef Payload { get; set; }

    public override void Clear() => Payload = null;

    // Another slice of the same bytes.
    public override void CopyTo(IAttribute target) => ((IPayloadAttribute)target).Payload =
        Payload is null ? null : new BytesRef(Payload.Bytes, Payload.Offset, Payload.Length);
}

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

    public override void CopyTo(IAttribute target) =>
        ((IPayloadAttribute)target).Payload = Payload is null ? null : BytesRef.DeepCopyOf(Payload);
}

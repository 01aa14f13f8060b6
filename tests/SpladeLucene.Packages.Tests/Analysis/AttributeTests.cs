using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;
using SpladeLucene.Packages.Tests.Support;

namespace SpladeLucene.Packages.Tests.Analysis;

/// <summary>The attributes of a token and who shares them.</summary>
public sealed class AttributeTests
{
    [Fact]
    public void AddAttribute_Twice_IsTheSameInstance()
    {
        var source = new AttributeSource();

        Assert.False(source.HasAttribute<IPayloadAttribute>());
        var payload = source.AddAttribute<IPayloadAttribute>();
        Assert.Same(payload, source.AddAttribute<IPayloadAttribute>());
        Assert.Same(payload, source.GetAttribute<IPayloadAttribute>());
        Assert.IsType<PayloadAttribute>(payload);
    }

    [Fact]
    public void GetAttribute_NeverAdded_Throws() =>
        Assert.Throws<ArgumentException>(() => new AttributeSource().GetAttribute<IOffsetAttribute>());

    [Fact]
    public void AddAttribute_OnASourceMadeOfAnother_IsSharedWithIt()
    {
        var first = new AttributeSource();
        var second = new AttributeSource(first);

        Assert.Same(second.AddAttribute<IOffsetAttribute>(), first.AddAttribute<IOffsetAttribute>());
        Assert.True(first.HasAttribute<IOffsetAttribute>());
    }

    [Fact]
    public void ClearAttributes_AllOfThem_AreAsAtTheStart()
    {
        var source = new AttributeSource();
        var term = source.AddAttribute<ICharTermAttribute>();
        var offset = source.AddAttribute<IOffsetAttribute>();
        var increment = source.AddAttribute<IPositionIncrementAttribute>();
        term.Append("word");
        offset.SetOffset(3, 7);
        increment.PositionIncrement = 5;
        source.ClearAttributes();

        Assert.Equal("", term.ToString());
        Assert.Equal((0, 0), (offset.StartOffset, offset.EndOffset));
        Assert.Equal(1, increment.PositionIncrement);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(3, 2)]
    public void SetOffset_NoRange_Throws(int start, int end) =>
        Assert.ThrowsAny<ArgumentException>(() => new OffsetAttribute().SetOffset(start, end));

    [Fact]
    public void PositionIncrement_Negative_Throws() =>
        Assert.ThrowsAny<ArgumentException>(() => new PositionIncrementAttribute().PositionIncrement = -1);

    [Fact]
    public void CopyTo_EachKind_CopiesTheValueAndNotTheInstance()
    {
        var term = new CharTermAttribute();
        var termCopy = new CharTermAttribute();
        ((ICharTermAttribute)term).Append("word");
        term.CopyTo(termCopy);
        term.Buffer[0] = 'l';
        Assert.Equal("word", termCopy.ToString());

        var payload = new PayloadAttribute { Payload = new BytesRef([1, 2]) };
        var payloadCopy = new PayloadAttribute();
        payload.CopyTo(payloadCopy);
        Assert.Equal(new BytesRef([1, 2]), payloadCopy.Payload);
        Assert.NotSame(payload.Payload, payloadCopy.Payload);

        var offset = new OffsetAttribute();
        offset.SetOffset(2, 4);
        var offsetCopy = new OffsetAttribute();
        offset.CopyTo(offsetCopy);
        Assert.Equal((2, 4), (offsetCopy.StartOffset, offsetCopy.EndOffset));
    }

    [Fact]
    public void IncrementToken_FilterOverAStream_SeesAndChangesItsAttributes()
    {
        using var doubled = new DoublingFilter(new OneWord());
        Assert.Equal("word[0,4) word[0,4)+0 end 0", Tokens.Of(doubled));
    }

    private sealed class OneWord : TokenStream
    {
        private readonly ICharTermAttribute _term;
        private readonly IOffsetAttribute _offset;
        private bool _given;

        public OneWord()
        {
            _term = AddAttribute<ICharTermAttribute>();
            _offset = AddAttribute<IOffsetAttribute>();
        }

        public override bool IncrementToken()
        {
            if (_given) return false;
            ClearAttributes();
            _term.Append("word");
            _offset.SetOffset(0, 4);
            return _given = true;
        }
    }
}

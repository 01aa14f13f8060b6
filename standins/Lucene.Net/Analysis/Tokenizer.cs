using Lucene.Net.Util;

namespace Lucene.Net.Analysis;

// A token stream that reads text. The text given is pending until Reset, so a missing Reset or Dispose shows at once.
public abstract class Tokenizer : TokenStream
{
    private static readonly TextReader OutOfTurn = new OutOfTurnReader();

    protected TextReader m_input = OutOfTurn;
    private TextReader _pending;

    protected Tokenizer(TextReader input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _pending = input;
    }

    public void SetReader(TextReader input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (m_input != OutOfTurn)
        {
            throw Refusals.IllegalState("The token stream was not closed after its last use.");
        }
        _pending = input;
    }

    // Only a character filter moves offsets, and there is none here.
    protected internal int CorrectOffset(int currentOff) => currentOff;

    public override void Reset()
    {
        base.Reset();
        m_input = _pending;
        _pending = OutOfTurn;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            m_input.Dispose();
            _pending.Dispose();
            m_input = _pending = OutOfTurn;
        }
        base.Dispose(disposing);
    }

    private sealed class OutOfTurnReader : TextReader
    {
        public override int Read() => throw Refused();

        public override int Peek() => throw Refused();

        public override int Read(char[] buffer, int index, int count) => throw Refused();

        private static InvalidOperationException Refused() =>
            Refusals.IllegalState("The token stream was read before Reset, reset twice, or never closed.");
    }
}

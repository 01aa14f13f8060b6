using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace SpladeLucene.StandIns.Tests;

// Documents that have, now and then, everything that an index can keep of a document.
internal static class FullDocuments
{
    private static readonly FieldType WithVectors = new(TextField.TYPE_STORED)
    {
        IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS,
        StoreTermVectors = true,
        StoreTermVectorPositions = true,
        StoreTermVectorOffsets = true,
        StoreTermVectorPayloads = true,
    };

    private static readonly FieldType FreqsOnly = new(TextField.TYPE_NOT_STORED)
    {
        IndexOptions = IndexOptions.DOCS_AND_FREQS,
        OmitNorms = true,
    };

    internal static void AddTo(IndexWriter writer, int count, int first = 0, int[]? leaveOut = null)
    {
        foreach (int number in Enumerable.Range(first, count).Except(leaveOut ?? []))
        {
            writer.AddDocument(Make(number));
        }
    }

    private static Document Make(int number)
    {
        Document document =
        [
            new StringField("id", $"{number}", Field.Store.YES),
            new Field("vectors", $"the {number % 7} of the {number % 3}", WithVectors),
            new Field("freqs", $"a a {number % 5} 𐐷", FreqsOnly),
            new StoredField("int", number),
            new StoredField("long", (long)number << 40),
            new StoredField("single", number / 3f),
            new StoredField("double", number / 3.0),
            new StoredField("bytes", new BytesRef([(byte)number, 0, 255])),
        ];
        AddSometimes(document, number);
        return document;
    }

    private static void AddSometimes(Document document, int number)
    {
        if (number % 2 == 0)
        {
            document.Add(new TextField("payloads", new PayloadTokens(number)));
            document.Add(new NumericDocValuesField("number", -number));
            document.Add(new SortedSetDocValuesField("set", new BytesRef($"{number % 4}")));
        }
        if (number % 3 == 0)
        {
            document.Add(new BinaryDocValuesField("binary", new BytesRef($"{number}")));
            document.Add(new SortedDocValuesField("sorted", new BytesRef($"{number % 6}")));
            document.Add(new SortedSetDocValuesField("set", new BytesRef("three")));
        }
    }

    // Tokens of which each third has no payload, and one a longer payload.
    private sealed class PayloadTokens : TokenStream
    {
        private readonly ICharTermAttribute _term;
        private readonly IPayloadAttribute _payload;
        private readonly int _count;
        private int _next;

        internal PayloadTokens(int count)
        {
            _term = AddAttribute<ICharTermAttribute>();
            _payload = AddAttribute<IPayloadAttribute>();
            _count = count;
        }

        public override bool IncrementToken()
        {
            if (_next == _count)
            {
                return false;
            }
            ClearAttributes();
            _term.Append($"t{_next % 4}");
            _payload.Payload = _next % 3 == 0 ? null : new BytesRef(new byte[_next == 10 ? 300 : 1]);
            _next++;
            return true;
        }

        public override void Reset()
        {
            base.Reset();
            _next = 0;
        }
    }
}

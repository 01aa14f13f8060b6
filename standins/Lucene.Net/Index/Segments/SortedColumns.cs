using Lucene.Net.Util;

namespace Lucene.Net.Index;

// The different values of a field in order, and for each document the numbers of the ones that it has.
internal sealed class SortedColumn(byte[][] dictionary, int[][] ords) : Column
{
    internal SortedDocValues SingleValues() => new SingleReader(dictionary, ords);

    internal SortedSetDocValues SetValues() => new SetReader(dictionary, ords);

    internal override IBits DocsWithValue(int maxDoc) => Where(maxDoc, doc => ords[doc].Length > 0);

    internal override void WriteTo(BinaryWriter writer)
    {
        ByteArrays.Write(writer, dictionary);
        writer.Write(ords.Length);
        Array.ForEach(ords, document => TermPostings.WriteInts(writer, document));
    }

    internal static SortedColumn Read(BinaryReader reader)
    {
        byte[]?[] dictionary = ByteArrays.Read(reader);
        var ords = new int[reader.ReadInt32()][];
        for (int doc = 0; doc < ords.Length; doc++)
        {
            ords[doc] = TermPostings.ReadInts(reader);
        }
        return new SortedColumn(dictionary!, ords);
    }

    // From the values of each document, in any order and any number.
    internal static SortedColumn Of(IReadOnlyList<IReadOnlyList<byte[]>> valuesOfDocs)
    {
        byte[][] dictionary = [.. new SortedSet<byte[]>(valuesOfDocs.SelectMany(values => values), ByteOrder.Instance)];
        int[] OrdsOf(IReadOnlyList<byte[]> values) =>
            [.. values.Select(value => Array.BinarySearch(dictionary, value, ByteOrder.Instance)).Distinct().Order()];
        return new SortedColumn(dictionary, [.. valuesOfDocs.Select(OrdsOf)]);
    }

    private sealed class SingleReader(byte[][] dictionary, int[][] ords) : SortedDocValues
    {
        public override int ValueCount => dictionary.Length;

        public override int GetOrd(int docID) => ords[docID].Length == 0 ? -1 : ords[docID][0];

        public override void LookupOrd(int ord, BytesRef result) => result.Refer(dictionary[ord]);
    }

    private sealed class SetReader(byte[][] dictionary, int[][] ords) : SortedSetDocValues
    {
        private int[] _current = [];
        private int _next;

        public override long ValueCount => dictionary.Length;

        public override void SetDocument(int docID)
        {
            _current = ords[docID];
            _next = 0;
        }

        public override long NextOrd() => _next < _current.Length ? _current[_next++] : NO_MORE_ORDS;

        public override void LookupOrd(long ord, BytesRef result) => result.Refer(dictionary[ord]);
    }
}

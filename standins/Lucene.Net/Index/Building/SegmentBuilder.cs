namespace Lucene.Net.Index;

// Gathers documents, new ones or those of segments to merge, and makes a segment of them.
internal sealed class SegmentBuilder
{
    private readonly Dictionary<string, TermsBuilder> _terms = [];
    private readonly Dictionary<string, List<(int Doc, long Norm)>> _norms = [];
    private readonly Dictionary<string, List<(int Doc, object Value)>> _docValues = [];
    private readonly List<byte[]> _stored = [];
    private readonly Dictionary<int, SegmentFields> _vectors = [];

    internal FieldInfos FieldInfos { get; } = new();

    internal int DocCount => _stored.Count;

    internal TermsBuilder Terms(string field) => GetOrAdd(_terms, field);

    internal void AddNorm(string field, int doc, long norm) => GetOrAdd(_norms, field).Add((doc, norm));

    internal void AddDocValue(string field, int doc, object value) => GetOrAdd(_docValues, field).Add((doc, value));

    internal void AddStored(byte[] record) => _stored.Add(record);

    internal void AddVectors(int doc, SegmentFields vectors) => _vectors.Add(doc, vectors);

    internal Segment Build(string name) => new()
    {
        Name = name,
        Id = Guid.NewGuid(),
        MaxDoc = DocCount,
        FieldInfos = FieldInfos,
        Fields = BuildFields(),
        Norms = BuildNorms(),
        DocValues = FieldInfos.Where(info => info.HasDocValues).ToDictionary(info => info.Name, BuildDocValues),
        Stored = [.. _stored],
        Vectors = BuildVectors(),
    };

    private SegmentFields BuildFields()
    {
        var fields = new SegmentFields();
        foreach ((string name, TermsBuilder terms) in _terms)
        {
            SegmentTerms built = terms.Build(FieldInfos.FieldInfo(name)!.Recorded());
            if (built.Count > 0)
            {
                fields.Add(name, built);
            }
        }
        return fields;
    }

    private Dictionary<string, NumericColumn> BuildNorms()
    {
        return FieldInfos.Where(info => info.HasNorms).ToDictionary(info => info.Name, info =>
        {
            var values = new long?[DocCount];
            _norms.GetValueOrDefault(info.Name)?.ForEach(norm => values[norm.Doc] = norm.Norm);
            return new NumericColumn(values);
        });
    }

    private Column BuildDocValues(FieldInfo info)
    {
        List<(int Doc, object Value)> values = _docValues.GetValueOrDefault(info.Name) ?? [];
        switch (info.DocValuesType)
        {
            case DocValuesType.NUMERIC:
                var numbers = new long?[DocCount];
                values.ForEach(value => numbers[value.Doc] = (long)value.Value);
                return new NumericColumn(numbers);
            case DocValuesType.BINARY:
                var bytes = new byte[]?[DocCount];
                values.ForEach(value => bytes[value.Doc] = (byte[])value.Value);
                return new BinaryColumn(bytes);
            default:
                ILookup<int, byte[]> byDoc = values.ToLookup(value => value.Doc, value => (byte[])value.Value);
                return SortedColumn.Of([.. Enumerable.Range(0, DocCount).Select(doc => byDoc[doc].ToArray())]);
        }
    }

    private SegmentFields?[]? BuildVectors()
    {
        if (_vectors.Count == 0)
        {
            return null;
        }
        var vectors = new SegmentFields?[DocCount];
        foreach ((int doc, SegmentFields fields) in _vectors)
        {
            vectors[doc] = fields;
        }
        return vectors;
    }

    private static T GetOrAdd<T>(Dictionary<string, T> map, string key)
        where T : new()
    {
        if (!map.TryGetValue(key, out T? value))
        {
            map.Add(key, value = new T());
        }
        return value;
    }
}

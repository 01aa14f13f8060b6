using Lucene.Net.Analysis;
using Lucene.Net.Util;

namespace Lucene.Net.Index;

// One value of a document's field, as the writer sees it.
public interface IIndexableField
{
    string Name { get; }

    IIndexableFieldType IndexableFieldType { get; }

    float Boost { get; }

    string GetStringValue();

    BytesRef GetBinaryValue();

    int? GetInt32Value();

    long? GetInt64Value();

    float? GetSingleValue();

    double? GetDoubleValue();

    TokenStream GetTokenStream(Analyzer analyzer);
}

public interface IIndexableFieldType
{
    bool IsIndexed { get; }

    bool IsStored { get; }

    bool IsTokenized { get; }

    bool StoreTermVectors { get; }

    bool StoreTermVectorPositions { get; }

    bool StoreTermVectorOffsets { get; }

    bool StoreTermVectorPayloads { get; }

    bool OmitNorms { get; }

    IndexOptions IndexOptions { get; }

    DocValuesType DocValueType { get; }
}

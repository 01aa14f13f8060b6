namespace Lucene.Net.Index;

public enum DocValuesType
{
    NONE,
    NUMERIC,
    BINARY,
    SORTED,
    SORTED_SET,
}

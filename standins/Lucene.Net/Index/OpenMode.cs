namespace Lucene.Net.Index;

public enum OpenMode
{
    CREATE,
    APPEND,
    CREATE_OR_APPEND,
}

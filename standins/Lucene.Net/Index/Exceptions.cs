namespace Lucene.Net.Index;

// The folder holds no index.
public sealed class IndexNotFoundException : FileNotFoundException
{
    internal IndexNotFoundException(string msg) : base(msg)
    {
    }
}

// A file of the index is damaged, or is none of this library's files.
public class CorruptIndexException : IOException
{
    internal CorruptIndexException(string message) : base(message)
    {
    }

    internal CorruptIndexException(string message, Exception ex) : base(message, ex)
    {
    }
}

// The index is older than any that this library reads.
public class IndexFormatTooOldException : CorruptIndexException
{
    internal IndexFormatTooOldException(string message) : base(message)
    {
    }
}

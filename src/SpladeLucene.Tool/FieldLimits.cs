using System.Text;
using Lucene.Net.Index;

namespace SpladeLucene.Tool;

/// <summary>What Lucene takes as one term.</summary>
internal static class FieldLimits
{
    /// <summary>Sees that an id can be found again.</summary>
    /// <exception cref="FormatException">It is empty or too long.</exception>
    public static void RequireId(string id)
    {
        if (id.Length == 0) throw new FormatException("the id is empty");
        if (Encoding.UTF8.GetByteCount(id) is var bytes && bytes > IndexWriter.MAX_TERM_LENGTH)
            throw new FormatException($"the id has {bytes:N0} bytes, and a term {IndexWriter.MAX_TERM_LENGTH:N0} at most");
    }
}

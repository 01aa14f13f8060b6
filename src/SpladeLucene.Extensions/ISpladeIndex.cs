using System.Text.Json;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene;

/// <summary>
/// An index that <c>AddSpladeIndex</c> registered: a writer and searchers that are opened once, with what keeps them fresh. A
/// host makes what was written visible, commits it in intervals and when it stops; without a running host that is the
/// caller's, by <see cref="RefreshAsync"/> and <see cref="CommitAsync"/>, and disposing of the container commits. Thread-safe.
/// Where the disk fails while something is written, Lucene drops documents that it has in memory: from then on searches go on, and
/// writing, refreshing and committing is refused until the index is opened anew, as it was committed.
/// </summary>
public interface ISpladeIndex
{
    /// <summary>The name that it was registered with.</summary>
    string Name { get; }

    /// <summary>Its SPLADE field, from which queries and documents of other code are made.</summary>
    SpladeFieldDefinition Definition { get; }

    /// <summary>The field that tells documents apart.</summary>
    string KeyField { get; }

    /// <summary>Lucene's writer; the index's to dispose.</summary>
    IndexWriter Writer { get; }

    /// <summary>Lucene's manager, which hands out <see cref="SpladeSearcher"/>s with impacts in memory; the index's to
    /// dispose.</summary>
    SearcherManager Searchers { get; }

    /// <summary>Lucene's directory; the index's to dispose.</summary>
    Directory Directory { get; }

    /// <summary>Encodes documents and adds them, whatever their keys. Runs the model for each text, in batches, which is nearly
    /// all that it costs; they are visible after the next refresh.</summary>
    /// <param name="documents">Each has its source fields; they are read as they are needed, by one thread.</param>
    /// <param name="cancellationToken">Ends the work between two batches; what was added stays added.</param>
    /// <exception cref="SpladeDocumentException">A document can't be encoded or indexed; those of earlier batches were added.
    /// </exception>
    Task<SpladeWriteResult> AddAsync(IEnumerable<Document> documents, CancellationToken cancellationToken = default);

    /// <summary>Encodes documents and puts them in the place of those with the same key, or adds them. Runs the model for each,
    /// also where its text hasn't changed.</summary>
    /// <inheritdoc cref="AddAsync"/>
    /// <exception cref="ArgumentException">A document hasn't exactly one key that is indexed as a whole, as a
    /// <c>StringField</c> is.</exception>
    Task<SpladeWriteResult> UpdateAsync(IEnumerable<Document> documents, CancellationToken cancellationToken = default);

    /// <summary>
    /// The same with documents of JSON objects: texts are stored and their words indexed, those of the key and of
    /// <see cref="SpladeIndexOptions.Keywords"/> as a whole; numbers become a stored <c>DoubleField</c>, true and false words,
    /// arrays several values, and null nothing.
    /// </summary>
    /// <param name="documents">Each an object without objects in it, and with a key that is a text or a number.</param>
    /// <param name="cancellationToken">Ends the work between two batches; what was written stays written.</param>
    /// <exception cref="ArgumentException">One is no such object; the message has its number, from 0, and the member.</exception>
    /// <exception cref="SpladeDocumentException">As for <see cref="AddAsync"/>.</exception>
    Task<SpladeWriteResult> UpdateAsync(IEnumerable<JsonElement> documents, CancellationToken cancellationToken = default);

    /// <summary>Deletes the documents with these keys; one that isn't there is none. No model is run; they are found until the
    /// next refresh.</summary>
    /// <param name="keys">The keys, in digits where they are numbers.</param>
    /// <param name="cancellationToken">Ends the work before it begins.</param>
    Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default);

    /// <summary>Finds the best hits among the documents that are visible by now. Runs the model once for the query, unless words
    /// alone are searched for or <see cref="SpladeOptions.QueryCacheCapacity"/> remembers it; the search itself runs on the thread
    /// on which the encoder ends.</summary>
    /// <param name="text">The query in words; empty finds nothing.</param>
    /// <param name="request">What is wanted. Default: ten hits by words and meaning.</param>
    /// <param name="cancellationToken">Ends the work before the query is encoded, and during it where the encoder can.</param>
    /// <exception cref="ArgumentException">The request contradicts itself.</exception>
    /// <exception cref="SparseEncodingException">The encoder fails, and
    /// <see cref="SpladeIndexOptions.WordsAloneOnFailure"/> isn't set.</exception>
    /// <exception cref="FingerprintMismatchException">Documents of another model were written beside this index.</exception>
    Task<SpladeSearchResult> SearchAsync(
        string text, SpladeSearchRequest? request = null, CancellationToken cancellationToken = default);

    /// <summary>Calls a function, on this thread, with a searcher that stays open until it returns and isn't to be kept.</summary>
    /// <param name="read">Searches, explains, highlights, reads stored fields.</param>
    T Read<T>(Func<SpladeSearcher, T> read);

    /// <summary>The same with a function that waits: the searcher stays open until its task ends.</summary>
    /// <param name="read">Is given <paramref name="cancellationToken"/> too.</param>
    /// <param name="cancellationToken">Handed on.</param>
    Task<T> ReadAsync<T>(Func<SpladeSearcher, CancellationToken, Task<T>> read, CancellationToken cancellationToken = default);

    /// <summary>Makes what was written by now visible to searches. Takes what building the new segments' impacts takes; calls at
    /// the same time wait for each other.</summary>
    /// <param name="cancellationToken">Ends the work before it begins.</param>
    Task RefreshAsync(CancellationToken cancellationToken = default);

    /// <summary>Commits what was written by now: it survives whatever happens to the process. Waits for the disk; costs nothing
    /// where nothing was written.</summary>
    /// <param name="cancellationToken">Ends the work before it begins.</param>
    Task CommitAsync(CancellationToken cancellationToken = default);
}

/// <summary>What was written.</summary>
public sealed record SpladeWriteResult
{
    /// <summary>How many documents.</summary>
    public long Documents { get; init; }

    /// <summary>How many of them no search by meaning finds: the model has no term for their text.</summary>
    public long EmptyVectors { get; init; }

    /// <summary>How many weights were larger than an impact can say, and count as the largest.</summary>
    public long ClippedWeights { get; init; }

    /// <summary>How many documents the encoder failed for, and so have their words alone.</summary>
    public long WithoutVector { get; init; }
}

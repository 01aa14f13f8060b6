namespace SpladeLucene;

/// <summary>
/// An encoder that remembers the vectors of the queries that were asked last: many applications are asked few queries
/// again and again. The texts of documents go straight through. Thread-safe; a query that several threads ask for at once
/// may be encoded more than once. Holds up to <see cref="Capacity"/> queries with their vectors, about 40 bytes a term.
/// </summary>
public sealed class QueryCache : ISparseEncoder
{
    private readonly ISparseEncoder _encoder;
    private readonly Dictionary<string, LinkedListNode<(string Query, SparseVector Vector)>> _places =
        new(StringComparer.Ordinal);

    // The one that was asked last stands first.
    private readonly LinkedList<(string Query, SparseVector Vector)> _recent = [];
    private readonly object _lock = new();
    private long _hits, _misses;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="encoder">Encodes what isn't remembered; disposed of with this.</param>
    /// <param name="capacity">How many queries are remembered at most; 1 or more.</param>
    /// <exception cref="ArgumentNullException">The encoder is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is under 1.</exception>
    public QueryCache(ISparseEncoder encoder, int capacity = 1024)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_encoder, Capacity) = (encoder, capacity);
    }

    /// <summary>How many queries are remembered at most.</summary>
    public int Capacity { get; }

    /// <summary>How many queries were remembered when they were asked for.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>How many had to be encoded.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    /// <inheritdoc/>
    public ModelFingerprint Fingerprint => _encoder.Fingerprint;

    /// <inheritdoc/>
    public float QueryIdfExponent => _encoder.QueryIdfExponent;

    /// <inheritdoc/>
    public float FloorShare => _encoder.FloorShare;

    /// <inheritdoc/>
    public float? FusionWeight => _encoder.FusionWeight;

    /// <inheritdoc/>
    public long? TokensEncoded => _encoder.TokensEncoded;

    /// <inheritdoc/>
    public SparseVector Encode(string text) => _encoder.Encode(text);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        _encoder.EncodeAsync(texts, cancellationToken);

    /// <summary>The vector that was made of this query before, else what the encoder makes of it.</summary>
    /// <param name="text">Any string; queries are the same where each UTF-16 unit is.</param>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="SparseEncodingException">As for the encoder; a query that fails isn't remembered.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed, and the query isn't remembered.</exception>
    public SparseVector EncodeQuery(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Find(text) is { } known) return known;
        SparseVector vector = _encoder.EncodeQuery(text);
        Remember(text, vector);
        return vector;
    }

    /// <summary>The same as <see cref="EncodeQuery"/>: at once where the query is remembered, else as the encoder does it.</summary>
    /// <param name="text">Any string.</param>
    /// <param name="cancellationToken">Ends the work as it does the encoder's.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SparseVector> EncodeQueryAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        cancellationToken.ThrowIfCancellationRequested();
        if (Find(text) is { } known) return known;
        SparseVector vector = await _encoder.EncodeQueryAsync(text, cancellationToken).ConfigureAwait(false);
        Remember(text, vector);
        return vector;
    }

    /// <summary>Disposes of the encoder, and forgets.</summary>
    public void Dispose()
    {
        _encoder.Dispose();
        lock (_lock)
        {
            _places.Clear();
            _recent.Clear();
        }
    }

    private SparseVector? Find(string text)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(text, out LinkedListNode<(string Query, SparseVector Vector)>? place))
            {
                _misses++;
                return null;
            }

            _hits++;
            _recent.Remove(place);
            _recent.AddFirst(place);
            return place.Value.Vector;
        }
    }

    private void Remember(string text, SparseVector vector)
    {
        lock (_lock)
        {
            // Another thread may have been here since.
            if (!_places.TryAdd(text, new((text, vector)))) return;
            _recent.AddFirst(_places[text]);
            if (_recent.Count <= Capacity) return;
            _places.Remove(_recent.Last!.Value.Query);
            _recent.RemoveLast();
        }
    }
}

namespace SpladeLucene;

/// <summary>Turns text into sparse vectors. Implementations are safe to call from many threads at once.</summary>
public interface ISparseEncoder : IDisposable
{
    /// <summary>Says which model, vocabulary, head and limits made the vectors.</summary>
    ModelFingerprint Fingerprint { get; }

    /// <summary>Encodes one text.</summary>
    /// <param name="text">Any string; empty text gives <see cref="SparseVector.Empty"/>.</param>
    /// <exception cref="SparseEncodingException">The model doesn't run for the text, or puts out what is no weight.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    SparseVector Encode(string text);

    /// <summary>
    /// Encodes a query, for encoders that treat queries in another way than the texts of documents; the vectors of both
    /// belong to one model. Default: <see cref="Encode"/>.
    /// </summary>
    /// <param name="text">Any string; empty text gives <see cref="SparseVector.Empty"/>.</param>
    /// <exception cref="SparseEncodingException">As for <see cref="Encode"/>.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    SparseVector EncodeQuery(string text) => Encode(text);

    /// <summary>The same as <see cref="EncodeQuery"/>, off the caller's thread. Default: on the thread pool.</summary>
    /// <param name="text">Any string.</param>
    /// <param name="cancellationToken">Ends the work before it begins, and during it where the encoder can.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<SparseVector> EncodeQueryAsync(string text, CancellationToken cancellationToken = default) =>
        Task.Run(() => EncodeQuery(text), cancellationToken);

    /// <summary>
    /// How much a query's terms count less that are frequent in the index it is asked of: they are multiplied by their inverse
    /// document frequency to the power of this, see <c>SpladeQueryOptions.IdfExponent</c>. 0 or more; 0, the default, leaves
    /// the weights alone.
    /// </summary>
    float QueryIdfExponent => 0;

    /// <summary>
    /// What a document has to score to be a hit of a query, as a share of what the best documents score, calibrated for this
    /// model: see <c>ScoreFloor.OfModel</c>. 0 to 1; 0, the default, for no floor.
    /// </summary>
    float FloorShare => 0;

    /// <summary>
    /// The share that this model's scores have best in a sum with BM25's, 0 (words alone) to 1 (meaning alone), calibrated
    /// for it; null, the default, where it isn't known.
    /// </summary>
    float? FusionWeight => null;

    /// <summary>
    /// How many tokens this encoder has encoded since it was made, for all callers, those that it puts around a text
    /// included; for progress and for batches by tokens. Never falls; may be read from any thread. Null, the default,
    /// where the encoder does not count.
    /// </summary>
    long? TokensEncoded => null;

    /// <summary>Encodes <paramref name="texts"/>, one vector each, in their order; each equals what
    /// <see cref="Encode"/> gives for that text alone, up to the runtime's rounding.</summary>
    /// <param name="texts">The texts; none may be null.</param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    /// <exception cref="SparseEncodingException">The same; it says for which text.</exception>
    /// <exception cref="ObjectDisposedException">The encoder was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<IReadOnlyList<SparseVector>> EncodeAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken = default);
}

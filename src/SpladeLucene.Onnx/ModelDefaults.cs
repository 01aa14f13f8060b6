namespace SpladeLucene.Onnx;

/// <summary>
/// What a model's folder, or the options in its place, say about texts and vectors, for
/// <see cref="OnnxSparseEncoderOptions.Adjust"/> to change in part. Immutable.
/// </summary>
/// <param name="Windows">How a long text is cut; <see cref="TextWindows.None"/> where it isn't.</param>
/// <param name="Pruning">Which terms of a document are too light to keep.</param>
/// <param name="QueryPruning">The same of a query.</param>
/// <param name="Length">What length costs a text.</param>
public sealed record ModelDefaults(
    TextWindows Windows, Pruning Pruning, Pruning QueryPruning, LengthNormalization Length);

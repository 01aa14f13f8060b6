namespace SpladeLucene;

/// <summary>What quantization did to the weights of one or many vectors.</summary>
/// <param name="Weights">How many weights were looked at.</param>
/// <param name="Dropped">How many became 0 and are gone.</param>
/// <param name="Clipped">How many were above what 255 stands for.</param>
/// <param name="LargestError">The largest |weight − dequantized weight|, in units of weight.</param>
/// <param name="RootMeanSquareError">Over all weights, in units of weight; 0 where there are none.</param>
public sealed record QuantizationReport(
    long Weights, long Dropped, long Clipped, double LargestError, double RootMeanSquareError);

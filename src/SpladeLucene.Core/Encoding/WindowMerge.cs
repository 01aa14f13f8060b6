namespace SpladeLucene;

/// <summary>
/// How the vectors of a long text's windows become one. Of a single window, all leave the vector as it is.
/// </summary>
public enum WindowMerge
{
    /// <summary>Each term's largest weight. How often a text speaks of something does not count.</summary>
    Max,

    /// <summary>
    /// Each term's mean weight over the windows that hold it, times 1 + ln(how many do): what a text keeps coming back
    /// to weighs more. Weights can grow beyond those of a single window.
    /// </summary>
    WeightedMean,
}

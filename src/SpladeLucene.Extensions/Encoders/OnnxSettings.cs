using SpladeLucene.Onnx;

namespace SpladeLucene.Encoders;

/// <summary>An encoder's settings as its loader takes them.</summary>
internal static class OnnxSettings
{
    private const float DefaultSaturation = 0.6f, DefaultPenalty = 0.11f;

    /// <exception cref="ArgumentException">A number is out of its range, whatever the model.</exception>
    public static OnnxSparseEncoderOptions Of(SpladeOptions options) => new()
    {
        ModelFile = options.ModelFile ?? new OnnxSparseEncoderOptions().ModelFile,
        MaxTokens = options.MaxTokens,
        MaxQueryTokens = options.MaxQueryTokens,
        MaxTextTokens = options.MaxTextTokens,
        QueryExpansionWeight = options.QueryExpansionWeight,
        QueryIdfExponent = options.QueryIdfExponent,
        QueryTermSaturation = options.QueryTermSaturation,
        FloorShare = options.FloorShare,
        FusionWeight = options.FusionWeight,
        BatchTokenBudget = options.BatchTokenBudget,
        IntraOpThreads = options.IntraOpThreads,
        SessionOptionsFactory = options.SessionOptionsFactory,
        Adjust = own => own with
        {
            Windows = Adjusted(own.Windows, options.Windows),
            Pruning = Adjusted(own.Pruning, options.Pruning),
            QueryPruning = Adjusted(own.QueryPruning, options.QueryPruning),
            Length = Adjusted(own.Length, options.Length),
        },
    };

    private static TextWindows Adjusted(TextWindows own, SpladeWindowsOptions set)
    {
        if (set.Merge is { } merge && !Enum.IsDefined(merge))
            throw new InvalidOperationException($"Windows:Merge is {merge}, and {string.Join(", ", Enum.GetNames<SpladeWindowMerge>())} are known.");
        if (set is { Tokens: null, Overlap: null, Merge: null, Saturation: null, LengthPenalty: null }) return own;
        if (own == TextWindows.None && set.Tokens is null)
        {
            throw new InvalidOperationException(
                "Windows are set in part, but neither the settings nor the model's folder say how long they are: set Windows:Tokens.");
        }

        return new TextWindows(set.Tokens ?? own.Tokens, set.Overlap ?? own.Overlap, Adjusted(own.Merge, set));
    }

    private static WindowMerge Adjusted(WindowMerge own, SpladeWindowsOptions set)
    {
        bool saturated = set.Merge is null ? own.Saturation is not null : set.Merge == SpladeWindowMerge.Saturated;
        if (saturated)
        {
            return WindowMerge.Saturated(set.Saturation ?? own.Saturation ?? DefaultSaturation,
                set.LengthPenalty ?? own.LengthPenalty ?? DefaultPenalty);
        }

        if (set.Saturation is not null || set.LengthPenalty is not null)
        {
            throw new InvalidOperationException(
                "Windows:Saturation and Windows:LengthPenalty go with a saturated merge: set Windows:Merge to Saturated.");
        }

        return set.Merge switch
        {
            null => own,
            SpladeWindowMerge.Max => WindowMerge.Max,
            _ => WindowMerge.WeightedMean,
        };
    }

    private static Pruning Adjusted(Pruning own, SpladePruningOptions set) => own with
    {
        MinWeight = set.MinWeight ?? own.MinWeight,
        MinRatio = set.MinRatio ?? own.MinRatio,
        MaxTerms = set.MaxTerms ?? own.MaxTerms,
    };

    private static LengthNormalization Adjusted(LengthNormalization own, SpladeLengthOptions set) =>
        set is { Exponent: null, Norm: null } ? own
            : new LengthNormalization(set.Exponent ?? own.Exponent, set.Norm ?? own.Norm);
}

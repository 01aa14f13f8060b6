using Lucene.Net.Util;

namespace Lucene.Net.Analysis;

// Says which of a thread's chains serves a field.
public abstract class ReuseStrategy
{
    public abstract TokenStreamComponents GetReusableComponents(Analyzer analyzer, string fieldName);

    public abstract void SetReusableComponents(Analyzer analyzer, string fieldName, TokenStreamComponents components);

    protected internal static object GetStoredValue(Analyzer analyzer) => OpenSlot(analyzer).Value;

    protected internal static void SetStoredValue(Analyzer analyzer, object storedValue) =>
        OpenSlot(analyzer).Value = storedValue;

    private static ThreadLocal<object?> OpenSlot(Analyzer analyzer) =>
        analyzer.Stored ?? throw Refusals.AlreadyClosed(analyzer);
}

public abstract partial class Analyzer
{
    private sealed class OneChain : ReuseStrategy
    {
        public override TokenStreamComponents GetReusableComponents(Analyzer analyzer, string fieldName) =>
            (TokenStreamComponents?)GetStoredValue(analyzer);

        public override void SetReusableComponents(
            Analyzer analyzer, string fieldName, TokenStreamComponents components) =>
            SetStoredValue(analyzer, components);
    }

    private sealed class ChainPerField : ReuseStrategy
    {
        public override TokenStreamComponents GetReusableComponents(Analyzer analyzer, string fieldName) =>
            Chains(analyzer)?.GetValueOrDefault(fieldName);

        public override void SetReusableComponents(
            Analyzer analyzer, string fieldName, TokenStreamComponents components)
        {
            Dictionary<string, TokenStreamComponents> chains = Chains(analyzer) ?? [];
            chains[fieldName] = components;
            SetStoredValue(analyzer, chains);
        }

        private static Dictionary<string, TokenStreamComponents>? Chains(Analyzer analyzer) =>
            (Dictionary<string, TokenStreamComponents>?)GetStoredValue(analyzer);
    }
}

namespace Lucene.Net.Analysis;

// An analyzer that leaves the work to others, chosen by field.
public abstract class AnalyzerWrapper : Analyzer
{
    protected AnalyzerWrapper(ReuseStrategy reuseStrategy) : base(reuseStrategy)
    {
    }

    protected abstract Analyzer GetWrappedAnalyzer(string fieldName);

    public override int GetPositionIncrementGap(string fieldName) =>
        GetWrappedAnalyzer(fieldName).GetPositionIncrementGap(fieldName);

    public override int GetOffsetGap(string fieldName) => GetWrappedAnalyzer(fieldName).GetOffsetGap(fieldName);

    protected internal sealed override TokenStreamComponents CreateComponents(string fieldName, TextReader aReader) =>
        GetWrappedAnalyzer(fieldName).CreateComponents(fieldName, aReader);

    protected internal override TextReader InitReader(string fieldName, TextReader reader) =>
        GetWrappedAnalyzer(fieldName).InitReader(fieldName, reader);
}

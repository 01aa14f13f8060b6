namespace Lucene.Net.Index;

// In which thread segments are merged.
public interface IMergeScheduler
{
}

public abstract class MergeScheduler : IMergeScheduler
{
    private protected MergeScheduler()
    {
    }
}

public class SerialMergeScheduler : MergeScheduler;

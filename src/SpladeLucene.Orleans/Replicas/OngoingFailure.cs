namespace SpladeLucene.Replicas;

/// <summary>Tells of a failure that goes on once, and again when its reason is another. Thread-safe.</summary>
internal sealed class OngoingFailure(Action<Exception> tell)
{
    private string? _reason;

    /// <param name="failure">What failed; null where nothing did.</param>
    public void Tell(Exception? failure)
    {
        string? reason = failure is null ? null : $"{failure.GetType()}: {failure.Message}";
        if (Interlocked.Exchange(ref _reason, reason) != reason && failure is not null) tell(failure);
    }
}

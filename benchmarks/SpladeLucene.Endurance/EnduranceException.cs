namespace SpladeLucene.Endurance;

/// <summary>Something was wrong; the message says what, and by which numbers it can be had again.</summary>
internal sealed class EnduranceException(string message, Exception? cause = null) : Exception(message, cause);

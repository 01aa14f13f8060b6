namespace SpladeLucene.Tool.Tests.Support;

/// <summary>A test that sends a signal; skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals to send." : null;
}

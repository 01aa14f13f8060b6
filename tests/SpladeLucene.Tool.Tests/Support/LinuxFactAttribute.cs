namespace SpladeLucene.Tool.Tests.Support;

/// <summary>A test that asks Linux's kernel; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux says what a process took at most.";
}

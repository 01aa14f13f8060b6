namespace SpladeLucene.Tool.Tests.Support;

/// <summary>Tests of what Linux alone has; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux has such a place.";
}

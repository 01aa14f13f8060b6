namespace SpladeLucene.TestSupport;

/// <summary>Real inputs that are not part of the repository; the environment says where they lie.</summary>
public static class TestData
{
    public static string? Skip => Root is null ? $"{TestSettings.Data} is not set: it names a folder of real inputs." : null;

    private static string? Root => Environment.GetEnvironmentVariable(TestSettings.Data) is { Length: > 0 } root ? root : null;

    public static string PathOf(params string[] parts) => Path.Combine([Root!, .. parts]);
}

/// <summary>A test that needs the real inputs; without them it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute() => Skip = TestData.Skip;
}

/// <inheritdoc cref="DataFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DataTheoryAttribute : TheoryAttribute
{
    public DataTheoryAttribute() => Skip = TestData.Skip;
}

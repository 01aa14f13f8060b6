using Microsoft.Extensions.DependencyInjection;

namespace SpladeLucene.Indexes;

/// <summary>An index that was registered.</summary>
internal sealed record IndexRegistration(string Name)
{
    /// <summary>Where its settings stand in the configuration.</summary>
    public string Section => SectionOf(Name);

    public static string SectionOf(string? name) => $"{SpladeOptions.SectionName}:Indexes:{name}";

    public SpladeIndex Resolve(IServiceProvider services) =>
        (SpladeIndex)services.GetRequiredKeyedService<ISpladeIndex>(Name);
}

using Microsoft.Extensions.DependencyInjection;

namespace SpladeLucene.Indexes;

/// <summary>An index that was registered.</summary>
internal sealed record IndexRegistration(string Name)
{
    /// <summary>Where its settings stand in the configuration.</summary>
    public string Section => SectionOf(Name);

    public static string SectionOf(string? name) => $"{SpladeIndexOptions.SectionName}:{name}";

    /// <summary>The index itself, whatever an application put in the place of its <see cref="ISpladeIndex"/>.</summary>
    public SpladeIndex Resolve(IServiceProvider services) => services.GetRequiredKeyedService<SpladeIndex>(Name);
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SpladeLucene.Configuration;

/// <summary>A section of the configuration that options are read from, to the last key.</summary>
internal static class SettingsSection
{
    /// <summary>What an application that is trimmed or compiled ahead of time is told where it registers something.</summary>
    public const string Reflection = "Settings are read from the configuration by reflection; keep the assembly of the options whole.";

    /// <summary>Has options read a section and then what code sets.</summary>
    /// <param name="options">The options.</param>
    /// <param name="section">The section of the caller's choice; null for their own, which is read once.</param>
    /// <param name="own">Where their own stands in the configuration.</param>
    /// <param name="isNew">Whether nobody has had them read it yet.</param>
    /// <param name="configure">Sets what the configuration doesn't; null for nothing.</param>
    /// <param name="elsewhere">Keys in it that belong to other options.</param>
    [RequiresDynamicCode(Reflection)]
    [RequiresUnreferencedCode(Reflection)]
    public static void Configure<T>(OptionsBuilder<T> options, IConfiguration? section, string own, bool isNew, Action<T>? configure,
        params string[] elsewhere)
        where T : class
    {
        if (section is not null) options.Configure(set => Bind(section, set, elsewhere));
        else if (isNew) options.Configure<IServiceProvider>((set, provider) =>
        {
            if (provider.GetService<IConfiguration>() is { } configuration) Bind(configuration.GetSection(own), set, elsewhere);
        });
        if (configure is not null) options.Configure(configure);
    }

    /// <summary>Binds a section.</summary>
    /// <param name="section">It may be empty.</param>
    /// <param name="options">A class whose public properties are the settings.</param>
    /// <param name="elsewhere">Keys in it that belong to other options.</param>
    /// <exception cref="InvalidOperationException">A key is no setting, or a value can't be read.</exception>
    [RequiresDynamicCode(Reflection)]
    [RequiresUnreferencedCode(Reflection)]
    public static void Bind(IConfiguration section, object options, params string[] elsewhere)
    {
        string path = (section as IConfigurationSection)?.Path ?? "";
        RequireKnown(section.GetChildren().Where(child => !elsewhere.Contains(child.Key, StringComparer.OrdinalIgnoreCase)),
            options.GetType(), path);
        section.Bind(options);
    }

    // What only code can give: functions, and objects behind an interface.
    private static bool IsSetting(Type type) => !type.IsAssignableTo(typeof(Delegate)) && (!type.IsInterface || IsList(type));

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable));

    [RequiresDynamicCode(Reflection)]
    [RequiresUnreferencedCode(Reflection)]
    private static void RequireKnown(IEnumerable<IConfigurationSection> children, Type type, string path)
    {
        PropertyInfo[] settings = [.. type.GetProperties().Where(property => IsSetting(property.PropertyType))];
        foreach (IConfigurationSection child in children)
        {
            PropertyInfo setting = Array.Find(settings, setting => setting.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new InvalidOperationException(
                    $"'{child.Path}' is no setting; {path} has {string.Join(", ", settings.Select(known => known.Name))}.");
            bool isGroup = setting.PropertyType.Namespace == type.Namespace && setting.PropertyType.IsClass;
            if ((isGroup || IsList(setting.PropertyType)) && !string.IsNullOrEmpty(child.Value))
            {
                throw new InvalidOperationException($"'{child.Path}' is '{child.Value}', and "
                    + (isGroup ? "a group of settings is expected." : "a list is expected."));
            }

            if (isGroup)
                RequireKnown(child.GetChildren(), setting.PropertyType, child.Path);
        }
    }
}

using System.Reflection;

namespace SpladeLucene.StandIns.Tests.Surface;

/// <summary>The methods of an assembly that an interface asks for, the assembly's own or the framework's.</summary>
internal static class Implementations
{
    /// <summary>Their metadata tokens.</summary>
    public static HashSet<int> Of(string assembly)
    {
        Assembly loaded = Assembly.LoadFrom(assembly);
        return [.. loaded.GetTypes()
            .Where(type => !type.IsInterface)
            .SelectMany(type => type.GetInterfaces().SelectMany(asked => type.GetInterfaceMap(asked).TargetMethods))
            .Where(method => method?.DeclaringType?.Assembly == loaded)
            .Select(method => method.MetadataToken)];
    }
}

using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace SpladeLucene.StandIns.Tests.Surface;

/// <summary>The members that a stand-in offers, each with whether the contract of its type forces it.</summary>
internal static class PublicMembers
{
    public static IReadOnlyList<PublicMember> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader reader = file.GetMetadataReader();
        HashSet<int> implementations = Implementations.Of(assembly);
        return [.. reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(type => IsVisible(reader, type)).SelectMany(type => MembersOf(reader, type, implementations))];
    }

    private static IEnumerable<PublicMember> MembersOf(
        MetadataReader reader, TypeDefinition type, HashSet<int> implementations)
    {
        string owner = NameOf(reader, type);
        var properties = AccessorsOf(reader, type);
        foreach (MethodDefinitionHandle handle in type.GetMethods())
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            if (!IsVisible(method.Attributes & MethodAttributes.MemberAccessMask)) continue;
            string signature = SignatureNames.Of(method.DecodeSignature(SignatureNames.Instance, null));
            string name = reader.GetString(method.Name);
            string group = properties.GetValueOrDefault(handle, $"{name} {signature}");
            bool isForced = implementations.Contains(MetadataTokens.GetToken(handle)) || IsForced(type, method, group);
            yield return new PublicMember(owner, name, signature, group, isForced, IsConstant: false);
        }

        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            bool visible = (field.Attributes & FieldAttributes.FieldAccessMask)
                is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;
            if (!visible || field.Attributes.HasFlag(FieldAttributes.SpecialName)) continue;
            string name = reader.GetString(field.Name);
            yield return new PublicMember(owner, name, field.DecodeSignature(SignatureNames.Instance, null), name,
                IsForced: false, field.Attributes.HasFlag(FieldAttributes.Literal));
        }
    }

    // A property is one member: where its getter is called, its setter may stand beside it.
    private static Dictionary<MethodDefinitionHandle, string> AccessorsOf(MetadataReader reader, TypeDefinition type)
    {
        var accessors = new Dictionary<MethodDefinitionHandle, string>();
        foreach (PropertyDefinition property in type.GetProperties().Select(reader.GetPropertyDefinition))
        {
            PropertyAccessors pair = property.GetAccessors();
            if (!pair.Getter.IsNil) accessors[pair.Getter] = reader.GetString(property.Name);
            if (!pair.Setter.IsNil) accessors[pair.Setter] = reader.GetString(property.Name);
        }

        return accessors;
    }

    // Abstract members, overrides and what implements an interface are not there by choice, and neither is the
    // constructor of a class that can only be derived from, nor the other half of the dispose pattern.
    private static bool IsForced(TypeDefinition type, MethodDefinition method, string name)
    {
        MethodAttributes attributes = method.Attributes;
        bool isAbstract = attributes.HasFlag(MethodAttributes.Abstract);
        bool isOverride = attributes.HasFlag(MethodAttributes.Virtual) && !attributes.HasFlag(MethodAttributes.NewSlot);
        bool derivesOnly = type.Attributes.HasFlag(TypeAttributes.Abstract)
            && name.StartsWith(".ctor ", StringComparison.Ordinal);
        return isAbstract || isOverride || derivesOnly || name == "Dispose Void (Boolean)`0";
    }

    private static bool IsVisible(MethodAttributes access) =>
        access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
            _ => false,
        };

    private static string NameOf(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{NameOf(reader, reader.GetTypeDefinition(outer))}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }
}

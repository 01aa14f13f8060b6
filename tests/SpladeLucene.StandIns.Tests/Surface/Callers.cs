using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace SpladeLucene.StandIns.Tests.Surface;

/// <summary>What assemblies and their sources use of others: members, overridden members and constants.</summary>
internal sealed partial class Callers
{
    private readonly HashSet<string> _members = [];
    private readonly HashSet<string> _overridden = [];
    private readonly HashSet<string> _words = [];

    public bool Uses(string type, string member, string signature) => _members.Contains($"{type}.{member} {signature}");

    /// <summary>Whether some type overrides a member of this name and signature.</summary>
    public bool Overrides(string member, string signature) => _overridden.Contains($"{member} {signature}");

    /// <summary>Whether the sources say this word: constants leave no trace in an assembly.</summary>
    public bool Says(string word) => _words.Contains(word);

    public void AddAssembly(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        foreach (MemberReference member in reader.MemberReferences.Select(reader.GetMemberReference))
            AddMember(reader, member);
        foreach (MethodDefinition method in reader.MethodDefinitions.Select(reader.GetMethodDefinition))
            AddOverride(reader, method);
    }

    public void AddSource(string path) =>
        _words.UnionWith(Word().Matches(File.ReadAllText(path)).Select(match => match.Value));

    private void AddMember(MetadataReader reader, MemberReference member)
    {
        string? owner = OwnerOf(reader, member.Parent);
        if (owner is null) return;
        string signature = member.GetKind() == MemberReferenceKind.Method
            ? SignatureNames.Of(member.DecodeMethodSignature(SignatureNames.Instance, null))
            : member.DecodeFieldSignature(SignatureNames.Instance, null);
        _members.Add($"{owner}.{reader.GetString(member.Name)} {signature}");
    }

    private void AddOverride(MetadataReader reader, MethodDefinition method)
    {
        bool overrides = method.Attributes.HasFlag(MethodAttributes.Virtual)
            && !method.Attributes.HasFlag(MethodAttributes.NewSlot);
        if (!overrides) return;
        string signature = SignatureNames.Of(method.DecodeSignature(SignatureNames.Instance, null));
        _overridden.Add($"{reader.GetString(method.Name)} {signature}");
    }

    private static string? OwnerOf(MetadataReader reader, EntityHandle owner) => owner.Kind switch
    {
        HandleKind.TypeReference =>
            SignatureNames.Instance.GetTypeFromReference(reader, (TypeReferenceHandle)owner, 0),
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)owner)
            .DecodeSignature(SignatureNames.Instance, null).Split('<')[0],
        _ => null,
    };

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}

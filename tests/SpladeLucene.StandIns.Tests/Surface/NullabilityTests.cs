using System.Reflection;

namespace SpladeLucene.StandIns.Tests.Surface;

/// <summary>
/// The published assemblies say next to nothing about null. Where a stand-in did, its callers would be warned in one
/// build only.
/// </summary>
public sealed class NullabilityTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("Lucene.Net")]
    [InlineData("Lucene.Net.Analysis.Common")]
    [InlineData("Lucene.Net.Queries")]
    public void PublicSignatures_OfALuceneStandIn_SayNothingAboutNull(string standIn)
    {
        var context = new NullabilityInfoContext();
        string[] outspoken = [.. Assembly.LoadFrom(Assemblies.Of(standIn)).GetExportedTypes()
            .SelectMany(type => type.GetMembers(Declared))
            .Where(member => Signature(member, context).Any(SaysSomething))
            .Select(member => $"{member.DeclaringType}.{member.Name}")];

        Assert.Empty(outspoken);
    }

    private static IEnumerable<NullabilityInfo> Signature(MemberInfo member, NullabilityInfoContext context) =>
        member switch
        {
            FieldInfo { IsPrivate: false, IsAssembly: false, IsFamilyAndAssembly: false } value =>
                [context.Create(value)],
            MethodBase { IsPrivate: false, IsAssembly: false, IsFamilyAndAssembly: false } method =>
                Parameters(method).Select(context.Create),
            _ => [],
        };

    private static ParameterInfo[] Parameters(MethodBase method) =>
        method is MethodInfo function ? [.. method.GetParameters(), function.ReturnParameter] : method.GetParameters();

    private static bool SaysSomething(NullabilityInfo part) =>
        (!part.Type.IsValueType && !part.Type.IsByRef && part.ReadState != NullabilityState.Unknown)
        || part.GenericTypeArguments.Any(SaysSomething)
        || (part.ElementType is { } element && SaysSomething(element));
}

namespace SpladeLucene.StandIns.Tests.Surface;

/// <summary>A public or protected member of a stand-in.</summary>
/// <param name="Group">What is one member to a caller: the two accessors of a property share it.</param>
internal sealed record PublicMember(
    string Type, string Name, string Signature, string Group, bool IsForced, bool IsConstant);

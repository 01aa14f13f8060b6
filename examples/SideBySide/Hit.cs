namespace SideBySide;

/// <summary>A document that a query found.</summary>
internal readonly record struct Hit(int Doc, string Id, float Score);

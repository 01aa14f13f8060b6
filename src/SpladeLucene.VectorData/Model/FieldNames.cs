namespace SpladeLucene.Model;

/// <summary>The names of the fields that a property has in the index, beside its storage name itself.</summary>
internal static class FieldNames
{
    /// <summary>Is in no storage name.</summary>
    public const string Reserved = "$";

    /// <summary>Holds the storage names of the properties that are null.</summary>
    public const string Nulls = "$null";

    /// <summary>The field with the words of a text; the text as a whole has the storage name.</summary>
    public static string Words(string storageName) => storageName + "$words";

    /// <summary>What a vector's text would be called, which isn't kept.</summary>
    public static string Text(string storageName) => storageName + "$text";

    /// <summary>The field with a key's number; the key as text has the storage name.</summary>
    public static string Ordinal(string storageName) => storageName + "$ordinal";
}

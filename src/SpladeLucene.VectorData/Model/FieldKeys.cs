using System.Globalization;

namespace SpladeLucene.Model;

/// <summary>Keys as terms: texts as they are, GUIDs with hyphens, numbers in digits.</summary>
internal static class FieldKeys
{
    public const string Known = "string, Guid, int, long";

    public static readonly Type[] Types = [typeof(string), typeof(Guid), typeof(int), typeof(long)];

    public static string ToText(object key) => key switch
    {
        string text => text,
        Guid id => id.ToString("D"),
        _ => ((IFormattable)key).ToString(null, CultureInfo.InvariantCulture),
    };

    public static object Parse(string text, Type type)
    {
        if (type == typeof(string)) return text;
        if (type == typeof(Guid)) return Guid.ParseExact(text, "D");
        return type == typeof(int)
            ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : (object)long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}

using System.Globalization;

namespace Lucene.Net.Documents;

// Numbers as text the way the published library writes them: a fraction always shows, and what is below a thousandth
// or above ten million has an exponent, as in 1.0E10.
internal static class NumberText
{
    private const int MostDigitsBeforePoint = 7;
    private const int MostZerosBehindPoint = 2;

    internal static string? Of(object? value) => value switch
    {
        int or long => Convert.ToString(value, CultureInfo.InvariantCulture),
        float single => float.IsFinite(single) ? Rewrite(single.ToString(CultureInfo.InvariantCulture)) : $"{single}",
        double number => double.IsFinite(number) ? Rewrite(number.ToString(CultureInfo.InvariantCulture)) : $"{number}",
        _ => null,
    };

    // The text is the shortest one that .NET has for the number: 12.5, 1E+10, 0.0001.
    private static string Rewrite(string text)
    {
        string sign = text.StartsWith('-') ? "-" : "";
        string[] parts = text[sign.Length..].Split('E');
        string mantissa = parts[0];
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        int point = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.IndexOf('.') : mantissa.Length;
        string padded = mantissa.Replace(".", "", StringComparison.Ordinal);
        string digits = padded.TrimStart('0');
        point += exponent - (padded.Length - digits.Length);
        digits = digits.TrimEnd('0');
        return sign + (digits.Length == 0 ? "0.0" : Place(digits, point));
    }

    // The digits with the decimal point before the one numbered point.
    private static string Place(string digits, int point)
    {
        if (point > MostDigitsBeforePoint || point < -MostZerosBehindPoint)
        {
            return $"{digits[0]}.{Rest(digits[1..])}E{point - 1}";
        }
        return point <= 0
            ? "0." + new string('0', -point) + digits
            : $"{digits.PadRight(point, '0')[..point]}.{Rest(digits[Math.Min(point, digits.Length)..])}";
    }

    private static string Rest(string digits) => digits.Length == 0 ? "0" : digits;
}

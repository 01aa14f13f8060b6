using System.Globalization;

namespace SpladeLucene.Tool;

/// <summary>Amounts as people read them, the same in every culture.</summary>
internal static class Amounts
{
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    /// <summary>Such as <c>1,200 documents</c>, <c>1 document</c>.</summary>
    public static string Count(long count, string one, string? several = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : several ?? one + "s")}");

    /// <summary>Such as <c>48.2 MB</c>; a KB is 1,000 bytes.</summary>
    public static string Bytes(long bytes)
    {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1000 && unit < Units.Length - 1)
        {
            amount /= 1000;
            unit++;
        }

        string format = unit == 0 || amount >= 100 ? "0" : "0.0";
        return $"{amount.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>Such as <c>0.3 s</c>, <c>12 s</c>, <c>4:10 min</c>, <c>3:04:10 h</c>.</summary>
    public static string Time(TimeSpan time)
    {
        if (time.TotalSeconds < 9.95) return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
        var whole = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        if (whole.TotalSeconds < 60) return string.Create(CultureInfo.InvariantCulture, $"{whole.TotalSeconds:0} s");
        return whole.TotalHours < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes}:{whole.Seconds:00} min")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)whole.TotalHours}:{whole.Minutes:00}:{whole.Seconds:00} h");
    }
}

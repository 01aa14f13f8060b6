using System.Globalization;

namespace SpladeLucene.Onnx.Tests.Support;

/// <summary>The thread's culture writes one and a half as 1,5 for as long as this lives.</summary>
internal sealed class DecimalCommas : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public DecimalCommas()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = culture;
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}

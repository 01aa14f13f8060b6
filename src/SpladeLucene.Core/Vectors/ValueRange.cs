using System.Globalization;

namespace SpladeLucene.Vectors;

/// <summary>
/// The numbers that a setting may have, both ends included. It belongs to the type of the setting; whoever reads one
/// from a file asks here, so that a range stands in one place. NaN is in none.
/// </summary>
internal readonly record struct ValueRange(double Least, double Most)
{
    public bool Contains(double value) => value >= Least && value <= Most;

    /// <exception cref="ArgumentOutOfRangeException">The value is not in the range; the message has both.</exception>
    public float Require(float value, string name) => Contains(value) ? value : throw Outside(value, name);

    /// <inheritdoc cref="Require(float, string)"/>
    public int Require(int value, string name) => Contains(value) ? value : throw Outside(value, name);

    /// <summary>In words, such as "0 to 1" or "3 or more".</summary>
    public override string ToString() => Most is int.MaxValue or float.MaxValue
        ? $"{Text(Least)} or more" : $"{Text(Least)} to {Text(Most)}";

    private ArgumentOutOfRangeException Outside(object value, string name) =>
        new(name, value, $"Expected {this}.");

    private static string Text(double end) => end.ToString("0.########", CultureInfo.InvariantCulture);
}

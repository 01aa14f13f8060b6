using System.Globalization;
using SpladeLucene;

namespace SideBySide;

/// <summary>What a document has to score to be a hit of a query by meaning, and of which document's score that is a share.</summary>
/// <param name="Least">The score; 0 where there is no floor.</param>
/// <param name="InWords">Such as <c>0.50 × the best score, 27.80</c>.</param>
internal sealed record QueryFloor(float Least, string InWords)
{
    public static QueryFloor None { get; } = new(0, "none");

    /// <param name="floor">Shares of the best and of the tenth-best score, of which the larger part decides.</param>
    /// <param name="best">The best score.</param>
    /// <param name="tenth">The tenth-best; 0 where there is none.</param>
    public static QueryFloor Of(ScoreFloor floor, float best, float tenth)
    {
        float ofBest = best * floor.ShareOfBest, ofTenth = tenth * floor.ShareOfTenth;
        return ofBest > ofTenth ? Part(ofBest, floor.ShareOfBest, "best", best) : Part(ofTenth, floor.ShareOfTenth, "tenth-best", tenth);
    }

    private static QueryFloor Part(float least, float share, string which, float whole) =>
        new(least, string.Create(CultureInfo.InvariantCulture, $"{share:0.00##} × the {which} score, {whole:0.00}"));
}

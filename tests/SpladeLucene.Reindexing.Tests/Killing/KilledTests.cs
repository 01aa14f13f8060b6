using System.Globalization;
using SpladeLucene.Reindexing.Tests.Support;

namespace SpladeLucene.Reindexing.Tests;

/// <summary>A migration is killed again and again, and resumed each time.</summary>
public sealed class KilledTests
{
    /// <summary>How often the migration is killed; 8 where it isn't set.</summary>
    private const string KillsVariable = "SPLADE_TEST_KILLS";

    private static readonly LegacyShape Shape = new(500, 5, Deletions.Some, LegacyFeatures.All & ~LegacyFeatures.OddTexts);

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable(KillsVariable), CultureInfo.InvariantCulture, out int kills) ? kills : 8;

    [Fact]
    public void RunAsync_KilledAgainAndAgain_EndsAsIfUndisturbed()
    {
        using var folder = new TestFolder();
        var life = new KilledLife(folder, Shape, Kills);

        life.MigrateWhileKilled();

        Assert.Equal(Kills, life.KilledAtFirst + life.KilledLater);
        Assert.True(life.KilledLater > 0);
        life.AssertSameAsUndisturbed();
    }
}

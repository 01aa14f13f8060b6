namespace SpladeLucene.Reindexing.Tests;

/// <summary>A migration is killed again and again, and resumed each time.</summary>
[Trait("Category", "Large")]
public sealed class KilledTests
{
    private static readonly LegacyShape Shape = new(500, 5, Deletions.Some, LegacyFeatures.All & ~LegacyFeatures.OddTexts);

    [Fact]
    public void RunAsync_KilledAgainAndAgain_EndsAsIfUndisturbed()
    {
        using var folder = new TemporaryFolder();
        var life = new KilledLife(folder, Shape, TestSettings.Kills);

        life.MigrateWhileKilled();

        Assert.Equal(TestSettings.Kills, life.KilledAtFirst + life.KilledLater);
        Assert.True(life.KilledLater > 0);
        life.AssertSameAsUndisturbed();
    }
}

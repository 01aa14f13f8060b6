using System.Globalization;

namespace SpladeLucene.TestSupport;

/// <summary>What the environment can ask of the tests.</summary>
public static class TestSettings
{
    /// <summary>Names a folder of real inputs; tests that need them are skipped where it isn't set.</summary>
    public const string Data = "SPLADE_TEST_DATA";

    /// <summary>How many random indexes are migrated: <c>SPLADE_TEST_SEEDS</c>, default 1.</summary>
    public static int Seeds => Number("SPLADE_TEST_SEEDS", 1);

    /// <summary>How often a migration is killed: <c>SPLADE_TEST_KILLS</c>, default 4.</summary>
    public static int Kills => Number("SPLADE_TEST_KILLS", 4);

    /// <summary>At how many points a disk is full: <c>SPLADE_TEST_DISKS</c>, default 2.</summary>
    public static int Disks => Number("SPLADE_TEST_DISKS", 2);

    /// <summary>How many random texts of each kind are tokenized beside the reference: <c>SPLADE_TEST_TEXTS</c>, default 20,000.</summary>
    public static int Texts => Number("SPLADE_TEST_TEXTS", 20_000);

    /// <summary>Of generated indexes every how-manieth is searched: <c>SPLADE_TEST_EVERY</c>, default 1, all.</summary>
    public static int Every => Number("SPLADE_TEST_EVERY", 1);

    private static int Number(string variable, int usual) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : usual;
}

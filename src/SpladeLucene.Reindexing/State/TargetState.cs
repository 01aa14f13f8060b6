using Lucene.Net.Index;
using SpladeLucene.Reindexing.Source;
using Directory = Lucene.Net.Store.Directory;

namespace SpladeLucene.Reindexing.State;

/// <summary>What is in the target's folder.</summary>
/// <param name="Problems">Why this migration can't end there.</param>
/// <param name="Mark">What an earlier migration wrote of itself; null where there is no index.</param>
internal sealed record TargetState(IReadOnlyList<ReindexProblem> Problems, Checkpoint? Mark)
{
    /// <summary>Looks at the folder and changes nothing.</summary>
    public static TargetState Of(string path, CheckpointIdentity identity, SpladeFingerprint fingerprint)
    {
        if (IndexFolder.IsFree(path)) return new TargetState([], null);
        if (File.Exists(path)) return Refused($"The target '{path}' is a file.");
        if (!IndexFolder.Exists(path))
            return Refused($"The target folder '{path}' is not empty and holds no index.");
        try
        {
            using Directory directory = IndexFolder.Open(path);
            CheckedFirst.RequireWhole(directory, path, $"the target '{path}'");
            using DirectoryReader reader = DirectoryReader.Open(directory);
            Checkpoint? mark = Checkpoint.Read(reader.IndexCommit.UserData);
            return new TargetState([.. ProblemsOf(path, identity, fingerprint, reader, mark).Select(Problem)], mark);
        }
        catch (ReindexRefusedException damage)
        {
            return new TargetState(damage.Problems, null);
        }
        catch (Exception e) when (Integrity.IsDamage(e))
        {
            return Refused($"The index in the target '{path}' can't be read: {Integrity.Reason(e)}.");
        }
    }

    private static TargetState Refused(string text) => new([Problem(text)], null);

    private static ReindexProblem Problem(string text) => new(ReindexProblemKind.Target, text);

    private static string[] ProblemsOf(
        string path, CheckpointIdentity identity, SpladeFingerprint fingerprint, DirectoryReader reader, Checkpoint? mark)
    {
        string[] foreign = [.. identity.Fields.SelectMany(
            mapping => ForeignVectors(reader, mapping.To, fingerprint, $"The target '{path}'"))];
        if (foreign.Length > 0) return foreign;
        if (mark is null || mark.Generation == 0)
            return [$"The target '{path}' holds an index that no migration has made."];
        string[] differences = [.. mark.Identity.DifferencesFrom(identity, $"The index in the target '{path}'")];
        if (differences.Length > 0) return differences;
        return mark.Generation == reader.IndexCommit.Generation
            ? [] : [$"The target '{path}' was changed after it was migrated, and catching up would undo that."];
    }

    /// <summary>Says, for a field that holds vectors of other models, which.</summary>
    public static IEnumerable<string> ForeignVectors(
        IndexReader reader, string name, SpladeFingerprint fingerprint, string where)
    {
        IEnumerable<SpladeFingerprint> others;
        try
        {
            others = SpladeFingerprint.Read(reader, name).Keys.Where(found => !found.Matches(fingerprint));
        }
        catch (InvalidOperationException e)
        {
            return [$"{where} can't be added to: {e.Message}"];
        }

        return others.Select(found => $"{where} has a field '{name}' with vectors that were made with {found}; this "
            + $"migration makes them with {fingerprint}, and the two can't be compared.");
    }
}

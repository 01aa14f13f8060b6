using Lucene.Net.Index;
using SpladeLucene.Naming;
using SpladeLucene.Reindexing.Source;

namespace SpladeLucene.Reindexing.State;

/// <summary>What forbids a migration, as far as it can be seen without reading documents.</summary>
internal static class SourceChecks
{
    private const int FieldsToName = 20;

    /// <summary>Of the two folders, given without links.</summary>
    public static IEnumerable<ReindexProblem> OfFolders(string source, string target, string working) =>
        FolderSentences(source, target, working).Select(text => new ReindexProblem(ReindexProblemKind.Folders, text));

    /// <summary>Of the two folders' names: those of which a file system knows nothing, and those that it can't give.</summary>
    public static IEnumerable<ReindexProblem> OfNames(string source, string target, string workingSuffix) =>
        new[] { FolderName.HasNul(source) ? FolderName.ProblemOf(source, "") : null, FolderName.ProblemOf(target, workingSuffix) }
            .OfType<string>().Select(text => new ReindexProblem(ReindexProblemKind.Folders, text));

    private static IEnumerable<string> FolderSentences(string source, string target, string working)
    {
        if (!System.IO.Directory.Exists(source))
        {
            yield return $"There is no folder '{source}'.";
            yield break;
        }

        if (IndexFolder.Contains(source, target) && IndexFolder.Contains(target, source))
            yield return $"The source and the target are the same folder, '{source}'.";
        else if (IndexFolder.Contains(source, target))
            yield return $"The target '{target}' lies in the source '{source}', which is never written to.";
        else if (IndexFolder.Contains(target, source))
            yield return $"The source '{source}' lies in the target '{target}'.";
        else if (IndexFolder.Contains(working, source) || IndexFolder.Contains(source, working))
            yield return $"The source '{source}' is where the working folder '{working}' would be.";
        else if (IndexFolder.IsMount(target) && IndexFolder.IsFree(target))
            yield return $"In the target '{target}' a disk is mounted, and the new index, which is made beside it, can't be "
                + "moved there; name a folder in it.";
    }

    /// <summary>Of the source's fields.</summary>
    public static IEnumerable<ReindexProblem> OfFields(
        SourceIndex source, string path, IReadOnlyList<ReindexMapping> mappings, SpladeFingerprint fingerprint,
        bool textsAreSupplied) => FieldSentences(source, path, mappings, fingerprint, textsAreSupplied)
            .Select(text => new ReindexProblem(ReindexProblemKind.Field, text));

    private static IEnumerable<string> FieldSentences(
        SourceIndex source, string path, IReadOnlyList<ReindexMapping> mappings, SpladeFingerprint fingerprint,
        bool textsAreSupplied)
    {
        var names = new SortedSet<string>(
            source.Segments.SelectMany(segment => segment.FieldInfos).Select(info => info.Name), StringComparer.Ordinal);
        foreach (string problem in OfDocValues(path, source.Segments.Where(segment => segment.NumDocs > 0)
            .SelectMany(segment => segment.FieldInfos).Select(info => (info.Name, info.DocValuesType))))
            yield return problem;
        foreach (ReindexMapping mapping in mappings)
        {
            if (mapping.SourceFields.Count == 0 && !textsAreSupplied)
                yield return $"No field is named whose text becomes '{mapping.TargetField}', and nothing supplies texts.";
            foreach (string missing in mapping.SourceFields.Where(name => !names.Contains(name)))
                yield return $"The source '{path}' has no field '{missing}'{NearestName.Hint(missing, names)}; it has {List(names)}.";
            foreach (string problem in OfTarget(source.Reader, path, mapping, names, fingerprint)) yield return problem;
        }
    }

    /// <summary>
    /// Of the types of doc values. Lucene 4.0 allowed several in a field, and no later version writes such an index.
    /// </summary>
    public static IEnumerable<string> OfDocValues(
        string path, IEnumerable<(string Name, DocValuesType Type)> fields) => fields
        .Where(one => one.Type != DocValuesType.NONE).Distinct().GroupBy(one => one.Name, StringComparer.Ordinal)
        .Where(types => types.Count() > 1)
        .Select(types => $"The field '{types.Key}' of the source '{path}' has doc values of several types "
            + $"({string.Join(", ", types.Select(one => one.Type).Order())}), which Lucene 4.8 writes into no index.");

    private static IEnumerable<string> OfTarget(
        IndexReader reader, string path, ReindexMapping mapping, SortedSet<string> names, SpladeFingerprint fingerprint)
    {
        foreach (string taken in new[] { mapping.TargetField, mapping.HashField }.Where(names.Contains))
        {
            string[] foreign = [.. TargetState.ForeignVectors(reader, taken, fingerprint, $"The source '{path}'")];
            if (foreign.Length == 0) yield return $"The source '{path}' already has a field '{taken}': give the new one another name.";
            foreach (string problem in foreign) yield return problem;
        }
    }

    private static string List(SortedSet<string> names)
    {
        if (names.Count == 0) return "none";
        string more = names.Count > FieldsToName ? $" and {names.Count - FieldsToName} more" : "";
        return string.Join(", ", names.Take(FieldsToName).Select(name => $"'{name}'")) + more;
    }
}

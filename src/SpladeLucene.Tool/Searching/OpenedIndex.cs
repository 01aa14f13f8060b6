using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Store;
using SpladeLucene.Naming;

namespace SpladeLucene.Tool.Searching;

/// <summary>An index that is only read, and the queries that are asked of it.</summary>
internal sealed partial class OpenedIndex : IDisposable
{
    private readonly FSDirectory _directory;
    private readonly string _folder;

    private OpenedIndex(FSDirectory directory, string folder)
    {
        (_directory, _folder) = (directory, folder);
        Reader = DirectoryReader.Open(directory);
    }

    public DirectoryReader Reader { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder holds no index.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of a version that isn't read.</exception>
    public static OpenedIndex Open(string folder)
    {
        if (!System.IO.Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        FSDirectory directory = FSDirectory.Open(folder);
        bool opened = false;
        try
        {
            if (!DirectoryReader.IndexExists(directory)) throw new FileNotFoundException($"The folder '{folder}' holds no index.");
            var index = OpenThere(directory, folder);
            opened = true;
            return index;
        }
        finally
        {
            if (!opened) directory.Dispose();
        }
    }

    // What is read is believed: a damaged number may end in anything.
    private static OpenedIndex OpenThere(FSDirectory directory, string folder)
    {
        try
        {
            return new OpenedIndex(directory, folder);
        }
        catch (CorruptIndexException damage) when (damage.Message.Contains(IndexFileNames.SEGMENTS_GEN, StringComparison.Ordinal))
        {
            // Lucene reads it first, and needn't.
            throw new InvalidDataException($"'{Path.Combine(folder, IndexFileNames.SEGMENTS_GEN)}' is damaged. "
                + "Nothing but where to look first stands in it: without it the index opens.", damage);
        }
        catch (Exception problem)
        {
            string reason = problem is IOException or UnauthorizedAccessException ? problem.Message.TrimEnd('.') : "its files make no sense";
            throw new InvalidDataException($"The index in '{folder}' can't be read: {reason}.", problem);
        }
    }

    /// <summary>Sees that these fields are there.</summary>
    /// <exception cref="InvalidDataException">One isn't; the message names those that are.</exception>
    public void Require(params IEnumerable<string> names)
    {
        string[] fields = [.. MultiFields.GetMergedFieldInfos(Reader).Select(each => each.Name).Order(StringComparer.Ordinal)];
        if (names.FirstOrDefault(name => !fields.Contains(name, StringComparer.Ordinal)) is not { } missing) return;
        throw new InvalidDataException(
            $"The index has no field '{missing}'{NearestName.Hint(missing, fields)}; it has {string.Join(", ", fields)}.");
    }

    /// <summary>Sees that a field that is there has vectors, where it has terms.</summary>
    /// <exception cref="InvalidDataException">Its terms are words.</exception>
    public void RequireVectors(string field)
    {
        if (MultiFields.GetTerms(Reader, field) is not null && SpladeFingerprint.Read(Reader, field).Count == 0)
            throw NoVectorsIn(field);
    }

    /// <summary>Says that a field has no vectors, and which have.</summary>
    public InvalidDataException NoVectorsIn(string field)
    {
        string others = string.Join(", ", SpladeFields().Select(name => $"'{name}'"));
        return new InvalidDataException($"'{field}' is no SPLADE field; the index has {(others.Length == 0 ? "none" : others)}.");
    }

    /// <summary>What made the vectors of a field.</summary>
    /// <exception cref="InvalidDataException">They are of several models, or there are none.</exception>
    public ModelFingerprint ModelOf(string field)
    {
        ModelFingerprint[] models = [.. SpladeFingerprint.Read(Reader, field).Keys.Select(made => made.Model)];
        return models.Length > 0 && models.All(models[0].Matches) ? models[0] : throw new InvalidDataException(
            $"The field '{field}' holds vectors of {models.Length} models; a table goes with one.");
    }

    /// <summary>The question for a SPLADE field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="sources">The stored fields that were encoded, for explanations to name their words; none where nobody says.</param>
    /// <param name="text">The query in words.</param>
    /// <param name="encoder">The model.</param>
    public SpladeQuery Meaning(string field, IReadOnlyList<string> sources, string text, ISparseEncoder encoder) =>
        SpladeQuery.Create(Reader, field, text, encoder, new SpladeQueryOptions { Format = FormatOf(field), SourceFields = sources });

    /// <summary>The fields that hold vectors, in ordinal order.</summary>
    public IEnumerable<string> SpladeFields() => MultiFields.GetMergedFieldInfos(Reader).Select(each => each.Name)
        .Where(name => SpladeFingerprint.Read(Reader, name).Count > 0).Order(StringComparer.Ordinal);

    /// <summary>How a field was written. Weights that were whole numbers, and those of other ranges, are told by the index.</summary>
    /// <exception cref="InvalidDataException">Its weights are of several ranges, and no query counts them alike.</exception>
    public ImpactFormat FormatOf(string field) =>
        SpladeFingerprint.Read(Reader, field).Keys.Select(made => made.Range).Distinct().Order().ToArray() switch
        {
            // What else it may be says the query that is made for it.
            [] => ImpactFormat.Default,
            [var range] => new ImpactFormat { Quantizer = new ImpactQuantizer(range) },
            var ranges => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"The field '{field}' holds weights of {ranges.Length} ranges ({string.Join(", ", ranges)}); each needs a field of its own.")),
        };

    public void Dispose()
    {
        Reader.Dispose();
        _directory.Dispose();
    }
}

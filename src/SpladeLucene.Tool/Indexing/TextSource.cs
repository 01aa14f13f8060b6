using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Indexing;

/// <summary>
/// Where documents are read from: a file of JSON lines, a table with a header, or a folder of texts. Nothing is held but the
/// document that is read.
/// </summary>
internal abstract class TextSource
{
    /// <summary>The member of a text file's path, and that of its text.</summary>
    public const string PathMember = "path", TextMember = "text";

    private static readonly string[] Lines = [".jsonl", ".ndjson"], Tables = [".csv", ".tsv"], Texts = [".txt", ".md"],
        Corpora = ["corpus.jsonl", "corpus.jsonl.gz"];

    /// <summary>The bytes of all files, packed where they are.</summary>
    public abstract long Bytes { get; }

    /// <summary>How many of them are read.</summary>
    public long Read { get; protected set; }

    /// <summary>The members that were left out as was asked for, of what has been read.</summary>
    public ISet<string> Left { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The members that are read; null for all.</summary>
    public IReadOnlySet<string>? Only { get; set; }

    /// <summary>The documents, one by one.</summary>
    /// <exception cref="MalformedLineException">A line is not what it should be.</exception>
    public abstract IEnumerable<SourceDocument> Documents();

    /// <summary>The source of this path.</summary>
    /// <param name="path">A file, a folder of texts, or a collection's folder.</param>
    /// <param name="skipped">Members that are left out.</param>
    /// <exception cref="FileNotFoundException">There is none, or it holds no text.</exception>
    /// <exception cref="InvalidDataException">The file is of no kind that is read.</exception>
    public static TextSource Find(string path, IReadOnlySet<string> skipped)
    {
        if (Directory.Exists(path))
        {
            if (Corpus(path) is { } corpus) return new JsonLinesSource(corpus, skipped);
            string[] files = FilesIn(path);
            return files.Length > 0 ? new TextFolderSource(path, files) : throw new FileNotFoundException(
                $"The folder '{path}' has no texts: looked for corpus.jsonl (or .gz) and for {string.Join(", ", Texts)}.");
        }

        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file or folder '{path}'.");
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        if (IsOneOf(name, Lines)) return new JsonLinesSource(path, skipped);
        if (IsOneOf(name, Tables)) return new TableSource(path, skipped);
        throw new InvalidDataException(
            $"'{path}' is of no kind that is read: {string.Join(", ", [.. Lines, .. Tables])} (or .gz), or a folder of {string.Join(", ", Texts)}.");
    }

    /// <summary>The files that are read of a folder.</summary>
    public static string[] FilesIn(string folder) => Corpus(folder) is { } corpus ? [corpus]
        : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => IsOneOf(file, Texts)).Order(StringComparer.Ordinal)];

    /// <summary>Whether a member is not to be left out.</summary>
    protected bool IsKept(string name, IReadOnlySet<string> skipped)
    {
        if (Only?.Contains(name) == false) return false;
        if (!skipped.Contains(name)) return true;
        Left.Add(name);
        return false;
    }

    private static string? Corpus(string folder) =>
        Corpora.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static bool IsOneOf(string file, string[] endings) =>
        endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private sealed class JsonLinesSource(string path, IReadOnlySet<string> skipped) : TextSource
    {
        public override long Bytes { get; } = new FileInfo(path).Length;

        public override IEnumerable<SourceDocument> Documents() =>
            LineReader.Read(path, (text, line) => JsonMembers.Read(text, json => new SourceDocument($"{path}:{line}",
                [.. json.EnumerateObject().Where(member => IsKept(member.Name, skipped)).SelectMany(member =>
                    JsonMembers.ValuesOf(member).Select(value => KeyValuePair.Create(member.Name, value)))])), null, position => Read = position);
    }

    private sealed class TextFolderSource(string folder, string[] files) : TextSource
    {
        public override long Bytes { get; } = files.Sum(file => new FileInfo(file).Length);

        public override IEnumerable<SourceDocument> Documents()
        {
            foreach (string file in files)
            {
                string relative = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
                string text = WholeText(file);
                Read += new FileInfo(file).Length;
                yield return new SourceDocument(file, [KeyValuePair.Create(PathMember, relative), KeyValuePair.Create(TextMember, text)]);
            }
        }

        private static string WholeText(string file)
        {
            // A pipe has no length either, and must not be opened: nobody may ever write to it.
            var entry = new FileInfo(file);
            if ((entry.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? entry).Length == 0) return "";
            try
            {
                return WholeFile.ReadText(file, ByteLines.Longest);
            }
            catch (InvalidDataException problem)
            {
                throw new MalformedLineException(file, 1, problem.Message);
            }
        }
    }
}

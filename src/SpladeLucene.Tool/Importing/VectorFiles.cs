using SpladeLucene.Evaluation;

namespace SpladeLucene.Tool.Importing;

/// <summary>The files that vectors stand in, read line by line; nothing is held but the line.</summary>
internal sealed class VectorFiles
{
    private static readonly string[] Endings = [".jsonl", ".json", ".ndjson", ".tsv", ".txt"];

    private readonly IReadOnlyList<string> _files;
    private long _readBefore;

    private VectorFiles(IReadOnlyList<string> files)
    {
        _files = files;
        Bytes = files.Sum(file => new FileInfo(file).Length);
    }

    /// <summary>The bytes of all files, packed where they are.</summary>
    public long Bytes { get; }

    /// <summary>How many of them are read.</summary>
    public long Read { get; private set; }

    /// <summary>The members that were left out as was asked for, of what has been read.</summary>
    public ISet<string> Left { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The file, or the files of the folder in ordinal order.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder, or no file that is read in it.</exception>
    public static VectorFiles Find(string path)
    {
        if (File.Exists(path)) return new VectorFiles([path]);
        if (!Directory.Exists(path)) throw new FileNotFoundException($"There is no file or folder '{path}'.");
        string[] files = [.. Directory.EnumerateFiles(path).Where(IsOfLines).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? new VectorFiles(files) : throw new FileNotFoundException(
            $"The folder '{path}' has no file of vectors: looked for {string.Join(", ", Endings)} (or .gz).");
    }

    /// <summary>What <paramref name="make"/> makes of each document; each call reads the files anew.</summary>
    /// <exception cref="MalformedLineException">A line is not what it should be, or what was made of it isn't.</exception>
    public IEnumerable<T> Documents<T>(ImportRequest request, Func<ImportedDocument, T> make)
        where T : class
    {
        (_readBefore, Read) = (0, 0);
        foreach (string file in _files)
        {
            VectorParser parser = request.Format.NewParser(request);
            long lines = 0;
            foreach (T made in LineReader.Read(file, (text, line) => Make(parser, text, lines = line, make), null, AtByte))
                yield return made;
            if (parser.IsWaiting) throw new MalformedLineException(file, lines, "the document of this action is missing");
            Left.UnionWith(parser.Left);
            _readBefore += new FileInfo(file).Length;
        }

        Read = Bytes;
    }

    private void AtByte(long position) => Read = _readBefore + position;

    // Lucene and the vectors say by ArgumentException what they don't take.
    private static T? Make<T>(VectorParser parser, string text, long line, Func<ImportedDocument, T> make)
        where T : class
    {
        try
        {
            return parser.Parse(text) is { } document ? make(document) : null;
        }
        catch (ArgumentException bad)
        {
            throw new FormatException(Sentences.WithoutParameter(bad), bad);
        }
    }

    private static bool IsOfLines(string file)
    {
        string name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}

using SpladeLucene.Benchmarks.Collections;
using SpladeLucene.Benchmarks.Reporting;
using SpladeLucene.Evaluation;

namespace SpladeLucene.Benchmarks.Tests;

public sealed class InputFileTests : IDisposable
{
    private const string GoodLine = """{"id":"d","contents":"x","vector":{"a":3}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Convert_JsonLines_GivesTheirDocuments()
    {
        string lines = GoodLine + "\n\n" + """{"id":2,"vector":{"z":1.5,"a":900,"n":0,"é":2}}""" + "\n";
        string source = _folder.Write("two.jsonl", lines), target = _folder.PathOf("two.spv");
        VectorLines.Convert(source, target, ProgressLine.Of("", null), CancellationToken.None);
        string[] documents = [.. SpvFile.Read(target).Select(document => string.Join(
            ' ', document.Terms.Zip(document.Impacts, (term, impact) => $"{term}:{impact}")))];
        Assert.Equal(["a:3", "a:255 z:77 é:2"], documents);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[1]", "no object named \"vector\"")]
    [InlineData("""{"id":"d"}""", "no object named \"vector\"")]
    [InlineData("""{"vector":[1]}""", "no object named \"vector\"")]
    [InlineData("""{"vector":{"a":-1}}""", "the weight of 'a' is -1")]
    [InlineData("""{"vector":{"a":"1"}}""", "the weight of 'a' is 1")]
    [InlineData("""{"vector":{"a":1e999}}""", "the weight of 'a'")]
    [InlineData("""{"vector":{"a":NaN}}""", "not JSON")]
    [InlineData("""{"vector":{"a":1,"a":2}}""", "the term 'a' stands there twice")]
    [InlineData("""{"vector":{"":1}}""", "a term is empty")]
    [InlineData("""{"vector":{"\ud800":1}}""", "half of a surrogate pair")]
    public void Convert_BadLine_IsNamedByFileAndNumber(string line, string problem)
    {
        string source = _folder.Write("bad.jsonl", GoodLine + "\n" + line + "\n"), target = _folder.PathOf("bad.spv");
        MalformedLineException thrown = Assert.Throws<MalformedLineException>(
            () => VectorLines.Convert(source, target, ProgressLine.Of("", null), CancellationToken.None));
        Assert.StartsWith($"{source}:2: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }

    [Theory]
    [InlineData("no tab", "no tab")]
    [InlineData("2\ta", "'a' is no term with a whole weight")]
    [InlineData("2\ta:1.5", "'a:1.5' is no term")]
    [InlineData("2\ta:1 a:2", "the term 'a' stands there twice")]
    public void ReadQueries_BadLine_IsNamedByFileAndNumber(string line, string problem)
    {
        string file = _folder.Write("queries.tsv", "1\ta:1\n" + line + "\n");
        MalformedLineException thrown = Assert.Throws<MalformedLineException>(() => QueryFile.Read(file, int.MaxValue));
        Assert.StartsWith($"{file}:2: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nq\t1", "expected three columns")]
    [InlineData("nq\t1\t", "the vector is empty")]
    [InlineData("nq\t1\ta:0", "'a:0' is no term with a positive weight")]
    [InlineData("nq\t1\ta:nan", "'a:nan' is no term")]
    public void ReadVectors_BadLine_IsNamedByFileAndNumber(string line, string problem)
    {
        string file = _folder.Write("vectors.txt", "nq\t1\ta:1\n" + line + "\n");
        MalformedLineException thrown = Assert.Throws<MalformedLineException>(() => VectorFile.Read(file));
        Assert.StartsWith($"{file}:2: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
    }

    // The header's and the first document's numbers, by their places in the file.
    [Theory]
    [InlineData(4, 0xFFFF_FFFF, "room")]
    [InlineData(4, 3, "bad.spv")]
    [InlineData(8, 0xFFFF_FFFF, "room")]
    [InlineData(8, 1, "postings")]
    [InlineData(12, 0xFFFF_FFFF, "room")]
    [InlineData(12, 2, "postings")]
    [InlineData(16, 0x8000_0000, "room")]
    [InlineData(28, 0xFFFF_FFFF, "bad.spv")]
    [InlineData(28, 0x0000_0002, "bad.spv")]
    [InlineData(31, 0x01FF_0000, "an impact of 0 for the term 'a'")]
    public void Read_CountsThatAreNot_AreRefusedByTheFilesName(int place, uint count, string reason)
    {
        string file = _folder.PathOf("bad.spv");
        using (var writer = new SpvWriter(file, ["a", "b"], 2))
        {
            writer.Add([0, 1], [7, 255]);
            writer.Add([1], [1]);
            writer.Finish();
        }

        byte[] content = File.ReadAllBytes(file);
        BitConverter.TryWriteBytes(content.AsSpan(place), count);
        File.WriteAllBytes(file, content);

        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => SpvFile.Read(file).Count());
        Assert.Contains(file, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    // Means of nothing would be a table of NaN.
    [Fact]
    public void SizeOf_CollectionWithoutDocuments_IsRefusedByTheFilesName()
    {
        string file = _folder.PathOf("none.spv");
        using (var writer = new SpvWriter(file, ["a"], 0)) writer.Finish();

        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => SpvFile.SizeOf(file));
        Assert.Equal($"{file} has no documents.", thrown.Message);
    }

    [Fact]
    public void Read_TermThatIsNotUtf8_IsRefusedByItsPlace()
    {
        string file = _folder.PathOf("bad.spv");
        using (var writer = new SpvWriter(file, ["a", "bcd"], 0)) writer.Finish();
        byte[] content = File.ReadAllBytes(file);
        int place = content.AsSpan().IndexOf((byte)'c');
        content[place] = 0xFF;
        File.WriteAllBytes(file, content);

        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => SpvFile.Read(file).Count());
        Assert.Equal($"{file} has a term that is not UTF-8, at byte {place} of the file, counted from 0.", thrown.Message);
    }

    [Fact]
    public void ReadVectors_LineThatIsNotUtf8_IsNamedByFileAndNumber()
    {
        string file = _folder.PathOf("vectors.txt");
        File.WriteAllBytes(file, [.. "nq\t1\ta:1\nnq\t2\tb"u8, 0xFF, .. ":1\n"u8]);

        MalformedLineException thrown = Assert.Throws<MalformedLineException>(() => VectorFile.Read(file));
        Assert.Equal($"{file}:2: byte 7 of the line is not UTF-8", thrown.Message);
    }

    [Fact]
    public void Read_FileThatIsCutOff_SaysWhere()
    {
        string whole = _folder.PathOf("whole.spv"), cut = _folder.PathOf("cut.spv");
        using (var writer = new SpvWriter(whole, ["a", "b"], 2))
        {
            writer.Add([0, 1], [7, 255]);
            writer.Add([1], [1]);
            writer.Finish();
        }

        File.WriteAllBytes(cut, File.ReadAllBytes(whole)[..^1]);
        Assert.Equal(2, SpvFile.Read(whole).Count());
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => SpvFile.Read(cut).Count());
        Assert.Equal($"{cut} ends in document 2 of 2.", thrown.Message);
        Assert.Throws<InvalidDataException>(() => SpvFile.SizeOf(_folder.Write("no.spv", "no collection, but text")));
    }
}

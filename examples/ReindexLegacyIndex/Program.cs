// An index that was searched with BM25 for years becomes searchable by meaning, and loses nothing.
// The documents are those of the collection that comes along, or of another one whose folder is given.
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using ReindexLegacyIndex;
using SpladeLucene;
using SpladeLucene.Evaluation;
using SpladeLucene.Models;
using SpladeLucene.Onnx;
using SpladeLucene.Reindexing;
using FSDirectory = Lucene.Net.Store.FSDirectory;

using var folder = new TemporaryFolder();
string source = folder.Sub("legacy");
string target = folder.Sub("with-splade");
TestCollection collection = TestCollection.Load(
    args is [var given] ? given : Path.Combine(AppContext.BaseDirectory, "collection"));
string[] questions = [.. collection.Queries.Select(query => query.Text)];

Console.WriteLine("1. The index that exists");
LegacyIndex.Write(source, collection.ReadDocuments());
List<Bm25Hit> before = LegacyIndex.AllHits(source, questions);
Console.WriteLine($"{collection.ReadDocuments().Count():N0} documents; BM25 finds {before.Count:N0} hits for "
    + $"{questions.Length} questions.");

Console.WriteLine("\n2. SPLADE is added");
using OnnxSparseEncoder encoder = SpladeTinyEn.Load();
var reindexer = new SpladeReindexer(encoder);
var mapping = new ReindexMapping(["title", "body"], "body_splade");

// Says what it will do, how long it takes and what is in its way; nothing is written yet.
ReindexPlan plan = await reindexer.PlanAsync(source, target, [mapping]);
foreach (ReindexProblem problem in plan.Problems) Console.WriteLine(problem);
foreach (string notice in plan.Notices) Console.WriteLine(notice);
if (!plan.CanRun) return;

// Stopped in any way, the same lines go on where it was.
ReindexResult result = await reindexer.RunAsync(plan);
Console.WriteLine($"{result.Documents:N0} documents: {result.Encoded:N0} texts encoded, {result.Reused:N0} reused.");

Console.WriteLine("\n3. BM25 in the new index");
bool equal = before.SequenceEqual(LegacyIndex.AllHits(target, questions));
Console.WriteLine($"The same {before.Count:N0} hits in the same order, every score equal to the bit: {(equal ? "yes" : "NO")}.");

Console.WriteLine("\n4. Both ways, in one index");
foreach (string question in new[] { "humorous verse", "intolerance of cereals", "melancholy in winter" })
    Show(question);

Console.WriteLine("\n5. The old index goes on: one document is rewritten, one is new, one is gone");
LegacyIndex.Write(source, deleted: "air-03", documents:
[
    new CollectionDocument("air-01", "Why an aeroplane stays up", "Its wings push air down, and the air pushes back."),
    new CollectionDocument("pets-99", "The neighbour's dog", "It chases every car that passes."),
]);
result = await reindexer.RunAsync(await reindexer.PlanAsync(source, target, [mapping]));
Console.WriteLine($"{result.Documents:N0} documents: {result.Encoded:N0} texts encoded, {result.Reused:N0} reused.");
Show("hound pursues automobile");

void Show(string question)
{
    using FSDirectory directory = FSDirectory.Open(target);
    using DirectoryReader reader = DirectoryReader.Open(directory);
    var searcher = new IndexSearcher(reader) { Similarity = new BM25Similarity() };
    Console.WriteLine(question);
    Print(searcher, "BM25", LegacyIndex.Bm25(question));
    Print(searcher, "SPLADE", SpladeQuery.Create(reader, mapping.TargetField, question, encoder));
}

static void Print(IndexSearcher searcher, string how, Query query)
{
    string[] best = [.. searcher.Search(query, 2).ScoreDocs
        .Select(hit => $"{searcher.Doc(hit.Doc).Get("title")} ({hit.Score:0.00})")];
    Console.WriteLine($"  {how,-7} {(best.Length > 0 ? string.Join("; ", best) : "nothing")}");
}

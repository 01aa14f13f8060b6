// A help desk's search, before and after: an index on disk, articles that come, change and go while people search, topics,
// pages, the newest first, snippets. What it took is the difference of Before/HelpDesk.cs and After/HelpDesk.cs.
using DropIn;
using SpladeLucene.Models;
using SpladeLucene.Onnx;

string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
using OnnxSparseEncoder encoder = SpladeTinyEn.Load();
try
{
    using (var before = new DropIn.Before.HelpDesk(Path.Combine(folder, "before"))) Run("BM25", before);
    using (var after = new DropIn.After.HelpDesk(Path.Combine(folder, "after"), encoder)) Run("BM25 and SPLADE", after);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static void Run(string name, IHelpDesk desk)
{
    Console.WriteLine($"=== {name}");
    foreach (Article article in Articles.All) desk.Save(article);
    desk.Publish();
    foreach (string text in new[] { "display remains black", "missing delivery", "bill delivered monthly" })
        Show(text, desk.Search(new Question(text)));

    Show("missing delivery, about accounts", desk.Search(new Question("missing delivery") { Topic = "account" }));
    Show("missing delivery, newest first", desk.Search(new Question("missing delivery") { NewestFirst = true }));
    Page first = desk.Search(new Question("missing delivery") { PageSize = 1 });
    Show("missing delivery, second page of one", desk.Search(new Question("missing delivery") { PageSize = 1, After = first.Last }));

    desk.Remove("lost");
    desk.Save(Articles.All.Single(article => article.Id == "dark") with { Body = "A display without light wants a new lamp." });
    desk.Publish();
    Show("missing delivery, after an article was removed", desk.Search(new Question("missing delivery")));
    Show("display remains black, after another was rewritten", desk.Search(new Question("display remains black")));
}

static void Show(string title, Page page)
{
    Console.WriteLine($"{title}: {page.Total}");
    foreach (Answer answer in page.Answers) Console.WriteLine($"    {answer.Id,-9} {answer.Snippet}");
}

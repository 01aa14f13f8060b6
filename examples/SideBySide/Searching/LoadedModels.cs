namespace SideBySide;

/// <summary>The models of one run, each with a field of its own in the index.</summary>
internal sealed class LoadedModels : IDisposable
{
    private readonly List<SpladeModel> _models = [];

    public LoadedModels(IReadOnlyList<string> folders)
    {
        try
        {
            foreach (string folder in folders) Add(new SpladeModel(folder, CollectionIndex.FieldOf(_models.Count)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<SpladeModel> All => _models;

    public void Dispose() => _models.ForEach(model => model.Dispose());

    private void Add(SpladeModel model)
    {
        bool known = _models.Any(other => other.Name == model.Name);
        _models.Add(model);
        if (known) throw new ArgumentException($"Two models are called {model.Name}: name each once.");
    }
}

namespace SpladeLucene.Evaluation;

/// <summary>A document of a test collection.</summary>
/// <param name="Id">Its id, unique in the collection.</param>
/// <param name="Title">Its title; empty where it has none.</param>
/// <param name="Text">Its text.</param>
public sealed record CollectionDocument(string Id, string Title, string Text)
{
    /// <summary>Title and text, as one text to index.</summary>
    public string Body => Title.Length == 0 ? Text : $"{Title}\n{Text}";
}

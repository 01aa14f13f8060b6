using Microsoft.Extensions.VectorData;

namespace SpladeLucene;

/// <summary>
/// What is set about a collection: its <see cref="VectorStoreCollectionOptions.Definition"/>, in place of or beside the record's
/// attributes, and the <see cref="VectorStoreCollectionOptions.EmbeddingGenerator"/> of its vectors, in the place of the store's. Both are
/// null for none.
/// </summary>
public sealed class SpladeCollectionOptions : VectorStoreCollectionOptions
{
}

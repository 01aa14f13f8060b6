using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace SpladeLucene.Model;

/// <summary>Reads a record's properties from its attributes and its definition, and refuses what an index can't hold.</summary>
internal sealed class RecordModelBuilder() : CollectionModelBuilder(
    new CollectionModelBuildingOptions { SupportsMultipleVectors = true, RequiresAtLeastOneVector = false })
{
    private const string VectorTypes = $"string, {nameof(SparseEmbedding)}";

    protected override IReadOnlyList<EmbeddingGenerationDispatcher> EmbeddingGenerationDispatchers { get; } =
        [EmbeddingGenerationDispatcher.Create<SparseEmbedding>()];

    protected override bool IsDataPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = FieldValues.Known;
        return FieldValues.Of(type) is not null;
    }

    protected override bool IsVectorPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = VectorTypes;
        return type == typeof(SparseEmbedding);
    }

    protected override void ValidateKeyProperty(KeyPropertyModel keyProperty)
    {
        base.ValidateKeyProperty(keyProperty);
        if (!FieldKeys.Types.Contains(keyProperty.Type))
        {
            throw new NotSupportedException($"Key property '{keyProperty.ModelName}' has unsupported type "
                + $"'{keyProperty.Type.Name}'. Keys must be one of the supported types: {FieldKeys.Known}.");
        }
    }

    protected override void Validate(Type? type, VectorStoreCollectionDefinition? definition)
    {
        base.Validate(type, definition);
        if (definition?.Properties.FirstOrDefault(property => !PropertyMap.ContainsKey(property.Name)) is { } missing)
            throw new InvalidOperationException($"The definition has a property '{missing.Name}', and '{type?.Name}' has none of that name.");
    }

    protected override void ValidateProperty(PropertyModel propertyModel, VectorStoreCollectionDefinition? definition)
    {
        base.ValidateProperty(propertyModel, definition);
        if (propertyModel.StorageName.Contains(FieldNames.Reserved, StringComparison.Ordinal) || string.IsNullOrWhiteSpace(propertyModel.StorageName))
        {
            throw new InvalidOperationException($"Property '{propertyModel.ModelName}' has the storage name '{propertyModel.StorageName}': "
                + $"it is a field's name, not blank and without '{FieldNames.Reserved}'.");
        }

        if (propertyModel is DataPropertyModel { IsFullTextIndexed: true } data && data.Type != typeof(string) && !FieldValues.IsList(data.Type))
            throw new NotSupportedException($"Property '{data.ModelName}' has type '{data.Type.Name}', and only texts are indexed as full text.");
        if (propertyModel is VectorPropertyModel vector) Validate(vector);
    }

    private static void Validate(VectorPropertyModel vector)
    {
        if (vector.DistanceFunction is not (null or DistanceFunction.DotProductSimilarity))
        {
            throw new NotSupportedException($"Vector property '{vector.ModelName}' asks for the distance function "
                + $"'{vector.DistanceFunction}': sparse vectors are compared by {nameof(DistanceFunction.DotProductSimilarity)} alone.");
        }

        if (vector.IndexKind is not (null or IndexKind.Flat))
        {
            throw new NotSupportedException($"Vector property '{vector.ModelName}' asks for the index kind '{vector.IndexKind}': "
                + $"an inverted index finds exactly the best, as {nameof(IndexKind.Flat)} does, and is the only one.");
        }
    }
}

using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Lucene.Net.Documents;

// How a field is indexed and stored. Frozen, it cannot be changed any more.
public class FieldType : IIndexableFieldType
{
    private bool _frozen;
    private bool _isIndexed;
    private bool _isStored;
    private bool _isTokenized = true;
    private bool _storeTermVectors;
    private bool _storeTermVectorPositions;
    private bool _storeTermVectorOffsets;
    private bool _storeTermVectorPayloads;
    private bool _omitNorms;
    private IndexOptions _indexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS;
    private DocValuesType _docValueType;

    public FieldType()
    {
    }

    public FieldType(FieldType @ref)
    {
        _isIndexed = @ref.IsIndexed;
        _isStored = @ref.IsStored;
        _isTokenized = @ref.IsTokenized;
        _storeTermVectors = @ref.StoreTermVectors;
        _storeTermVectorPositions = @ref.StoreTermVectorPositions;
        _storeTermVectorOffsets = @ref.StoreTermVectorOffsets;
        _storeTermVectorPayloads = @ref.StoreTermVectorPayloads;
        _omitNorms = @ref.OmitNorms;
        _indexOptions = @ref.IndexOptions;
        _docValueType = @ref.DocValueType;
    }

    public virtual bool IsIndexed { get => _isIndexed; set => Change(ref _isIndexed, value); }

    public virtual bool IsStored { get => _isStored; set => Change(ref _isStored, value); }

    public virtual bool IsTokenized { get => _isTokenized; set => Change(ref _isTokenized, value); }

    public virtual bool StoreTermVectors { get => _storeTermVectors; set => Change(ref _storeTermVectors, value); }

    public virtual bool StoreTermVectorPositions
    {
        get => _storeTermVectorPositions;
        set => Change(ref _storeTermVectorPositions, value);
    }

    public virtual bool StoreTermVectorOffsets
    {
        get => _storeTermVectorOffsets;
        set => Change(ref _storeTermVectorOffsets, value);
    }

    public virtual bool StoreTermVectorPayloads
    {
        get => _storeTermVectorPayloads;
        set => Change(ref _storeTermVectorPayloads, value);
    }

    public virtual bool OmitNorms { get => _omitNorms; set => Change(ref _omitNorms, value); }

    public virtual IndexOptions IndexOptions { get => _indexOptions; set => Change(ref _indexOptions, value); }

    public virtual DocValuesType DocValueType { get => _docValueType; set => Change(ref _docValueType, value); }

    public virtual FieldType Freeze()
    {
        _frozen = true;
        return this;
    }

    private void Change<T>(ref T setting, T value)
    {
        if (_frozen)
        {
            throw Refusals.IllegalState("This field type is frozen.");
        }
        setting = value;
    }
}

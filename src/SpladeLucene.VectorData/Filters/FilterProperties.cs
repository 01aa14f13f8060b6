using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.VectorData.ProviderServices;
using SpladeLucene.Model;

namespace SpladeLucene.Filters;

/// <summary>Finds the property of the record that an expression means.</summary>
internal sealed class FilterProperties(CollectionModel model, ParameterExpression record)
{
    public ParameterExpression Record => record;

    /// <exception cref="InvalidOperationException">The record has no such property.</exception>
    /// <exception cref="NotSupportedException">It isn't indexed.</exception>
    public bool TryFind(Expression expression, [NotNullWhen(true)] out FilterProperty? property)
    {
        property = null;
        expression = FilterConversions.Without(FilterCalls.WithoutSpan(expression));
        if (expression is MemberExpression { Member.Name: "Value", Expression: { } nullable } && Nullable.GetUnderlyingType(nullable.Type) is not null)
            return TryFind(nullable, out property);
        string? name = expression switch
        {
            MemberExpression member when member.Expression == record => member.Member.Name,
            MethodCallExpression { Method.Name: "get_Item", Arguments: [var key] } indexer when indexer.Object == record
                && FilterConstants.TryEvaluate(key, record, out object? text) => text as string,
            _ => null,
        };
        if (name is null) return false;
        property = FilterProperty.Of(model.PropertyMap.GetValueOrDefault(name)
            ?? throw new InvalidOperationException($"The filter names the property '{name}', and the record has {string.Join(", ", model.PropertyMap.Keys)}."));
        return true;
    }
}

/// <summary>A property that records are filtered or sorted by.</summary>
internal sealed class FilterProperty
{
    private readonly PropertyModel _property;
    private readonly FieldValues _values;
    private readonly bool _isKey;

    private FilterProperty(PropertyModel property, FieldValues values) =>
        (_property, _values, _isKey, Type) = (property, values, property is KeyPropertyModel, Nullable.GetUnderlyingType(property.Type) ?? property.Type);

    /// <summary>Its type, without the question mark.</summary>
    public Type Type { get; }

    private string Ordered => _isKey && _values.HasOrder ? FieldNames.Ordinal(_property.StorageName) : _property.StorageName;

    /// <exception cref="NotSupportedException">It isn't indexed.</exception>
    public static FilterProperty Of(PropertyModel property) => property switch
    {
        KeyPropertyModel or DataPropertyModel { IsIndexed: true } => new FilterProperty(property, FieldValues.Of(property.Type)!),
        DataPropertyModel => throw new NotSupportedException(
            $"Property '{property.ModelName}' isn't indexed, so that records can't be filtered or sorted by it: set IsIndexed."),
        _ => throw new NotSupportedException($"Property '{property.ModelName}' is a vector, and records aren't filtered or sorted by these."),
    };

    public Query IsNull() => new TermQuery(new Term(FieldNames.Nulls, _property.StorageName));

    /// <summary>As <c>==</c> has it.</summary>
    public Query Equal(object? value, Expression part) => Equal(value, part, _values.Equal);

    /// <summary>As a list has it that is asked whether it contains the property.</summary>
    public Query IsAmong(object? item, Expression part) => Equal(item, part, _values.Same);

    public Query Between(object? least, object? most, bool orEqual, Expression part)
    {
        // Nothing is less or greater than null.
        if (least is null && most is null) return new BooleanQuery();
        return Refusing(part, () => _values.Between(Ordered, least, most, orEqual));
    }

    public SortField Sort(bool descending) => _values.HasSort ? _values.Sort(Ordered, descending)
        : throw new NotSupportedException($"Property '{_property.ModelName}' is a list, and records aren't sorted by these.");

    private Query Equal(object? value, Expression part, Func<string, object, Query> compare)
    {
        if (value is null) return IsNull();
        if (FieldValues.IsList(Type) && value is not string) throw FilterTranslator.Refusal(part, "a list is asked for what it contains");
        return Refusing(part, () => compare(Ordered, value));
    }

    private static Query Refusing(Expression part, Func<Query> make)
    {
        try
        {
            return make();
        }
        catch (NotSupportedException problem)
        {
            throw FilterTranslator.Refusal(part, problem.Message.TrimEnd('.'));
        }
    }
}

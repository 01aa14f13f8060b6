using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.Extensions.VectorData.ProviderServices;
using SpladeLucene.Model;

namespace SpladeLucene.Filters;

/// <summary>Makes a Lucene query of a filter in LINQ that finds the records for which the filter is true in .NET. What it can't
/// say so is refused.</summary>
internal sealed class FilterTranslator
{
    private readonly FilterProperties _properties;

    private FilterTranslator(CollectionModel model, ParameterExpression record) => _properties = new FilterProperties(model, record);

    /// <exception cref="NotSupportedException">A part can't be translated; the message has it.</exception>
    public static Query Translate(LambdaExpression filter, CollectionModel model) =>
        new FilterTranslator(model, filter.Parameters[0]).Translate(filter.Body);

    private Query Translate(Expression part)
    {
        if (FilterConstants.TryEvaluate(part, _properties.Record, out object? value)) return Always(value is true);
        return part switch
        {
            BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.OrElse } lazy when Known(lazy, out Query? result) => result,
            BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } both => FilterQueries.All(Translate(both.Left), Translate(both.Right)),
            BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } either => FilterQueries.Any([Translate(either.Left), Translate(either.Right)]),
            UnaryExpression { NodeType: ExpressionType.Not } not => FilterQueries.Not(Translate(not.Operand)),
            BinaryExpression comparison => Compare(comparison),
            MethodCallExpression call when FilterCalls.TryContains(call, out Expression? source, out Expression? item) => Contains(call, source, item),
            MethodCallExpression call when FilterCalls.TryAny(call, out Expression? list, out LambdaExpression? test) => AnyOf(call, list, test),
            MemberExpression { Member.Name: "HasValue", Expression: { } nullable } when _properties.TryFind(nullable, out FilterProperty? tested) =>
                FilterQueries.Not(tested.IsNull()),
            _ when _properties.TryFind(part, out FilterProperty? truth) && truth.Type == typeof(bool) => truth.Equal(true, part),
            _ => throw Refusal(part),
        };
    }

    private static Query Always(bool found) => found ? new MatchAllDocsQuery() : new BooleanQuery();

    /// <summary>Where one side hangs on no record, it may decide alone: then the other need have no value, as the year of a null in
    /// <c>year == null || r.Year == year.Value</c>.</summary>
    private bool Known(BinaryExpression lazy, [NotNullWhen(true)] out Query? result)
    {
        bool isDeciding = lazy.NodeType == ExpressionType.OrElse;
        foreach ((Expression side, Expression other) in new[] { (lazy.Left, lazy.Right), (lazy.Right, lazy.Left) })
        {
            if (!FilterConstants.TryEvaluate(side, _properties.Record, out object? value)) continue;
            result = value is true == isDeciding ? Always(isDeciding) : Translate(other);
            return true;
        }

        result = null;
        return false;
    }

    private Query Compare(BinaryExpression comparison)
    {
        (Expression left, Expression right, ExpressionType type) = _properties.TryFind(comparison.Left, out FilterProperty? property)
            ? (comparison.Left, comparison.Right, comparison.NodeType)
            : (comparison.Right, comparison.Left, Mirrored(comparison.NodeType));
        if (property is null && !_properties.TryFind(left, out property)) throw Refusal(comparison);
        if (!FilterConstants.TryEvaluate(right, _properties.Record, out object? value))
            throw Refusal(comparison, "a property is compared with a value, and not with another property");
        return type switch
        {
            ExpressionType.Equal => property.Equal(value, comparison),
            ExpressionType.NotEqual => FilterQueries.Not(property.Equal(value, comparison)),
            ExpressionType.LessThan => property.Between(null, value, orEqual: false, comparison),
            ExpressionType.LessThanOrEqual => property.Between(null, value, orEqual: true, comparison),
            ExpressionType.GreaterThan => property.Between(value, null, orEqual: false, comparison),
            ExpressionType.GreaterThanOrEqual => property.Between(value, null, orEqual: true, comparison),
            _ => throw Refusal(comparison),
        };
    }

    private Query Contains(MethodCallExpression call, Expression source, Expression item)
    {
        if (_properties.TryFind(source, out FilterProperty? list) && FieldValues.IsList(list.Type)
            && FilterConstants.TryEvaluate(item, _properties.Record, out object? text))
        {
            return text is null ? new BooleanQuery() : list.Equal(text, call);
        }

        if (_properties.TryFind(item, out FilterProperty? property) && FilterConstants.TryEvaluate(source, _properties.Record, out object? values)
            && values is IEnumerable among and not string)
        {
            RequireExact(among, call);
            return FilterQueries.Any([.. among.Cast<object?>().Select(value => property.IsAmong(value, call))]);
        }

        throw Refusal(call);
    }

    private Query AnyOf(MethodCallExpression call, Expression source, LambdaExpression test)
    {
        if (_properties.TryFind(source, out FilterProperty? list) && FieldValues.IsList(list.Type)
            && test.Body is MethodCallExpression inner && FilterCalls.TryContains(inner, out Expression? wanted, out Expression? item)
            && item == test.Parameters[0] && FilterConstants.TryEvaluate(wanted, _properties.Record, out object? values) && values is IEnumerable among)
        {
            RequireExact(among, call);
            return FilterQueries.Any([.. among.OfType<object>().Select(value => list.Equal(value, call))]);
        }

        throw Refusal(call, "of Any, only Any(x => values.Contains(x)) over a list of texts is known");
    }

    private static void RequireExact(IEnumerable among, MethodCallExpression call)
    {
        if (FilterCollections.Problem(among) is { } problem) throw Refusal(call, problem);
    }

    private static ExpressionType Mirrored(ExpressionType type) => type switch
    {
        ExpressionType.LessThan => ExpressionType.GreaterThan,
        ExpressionType.LessThanOrEqual => ExpressionType.GreaterThanOrEqual,
        ExpressionType.GreaterThan => ExpressionType.LessThan,
        ExpressionType.GreaterThanOrEqual => ExpressionType.LessThanOrEqual,
        _ => type,
    };

    internal static NotSupportedException Refusal(Expression part, string? why = null, Exception? problem = null) => new(
        $"The filter's part '{part}' can't be translated: {why ?? "known are ==, !=, <, <=, >, >=, &&, ||, !, HasValue, Contains on lists, and Any with Contains"}.",
        problem);
}

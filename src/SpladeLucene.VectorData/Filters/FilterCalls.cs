using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace SpladeLucene.Filters;

/// <summary>The methods that a filter may call.</summary>
internal static class FilterCalls
{
    /// <summary>Whether it is <c>Contains</c> of a list, an array, a set or a span, with the equality of its items.</summary>
    public static bool TryContains(
        MethodCallExpression call, [NotNullWhen(true)] out Expression? source, [NotNullWhen(true)] out Expression? item)
    {
        (source, item) = (null, null);
        if (call.Method.Name != nameof(Enumerable.Contains)) return false;
        Type? owner = call.Method.DeclaringType;
        if (call.Object is not null && owner != typeof(string) && call.Arguments is [var only]) (source, item) = (call.Object, only);
        else if ((owner == typeof(Enumerable) || owner == typeof(MemoryExtensions)) && HasNoComparer(call))
            (source, item) = (WithoutSpan(call.Arguments[0]), call.Arguments[1]);
        return source is not null && item is not null;
    }

    /// <summary>Whether it is <c>Any</c> with a test.</summary>
    public static bool TryAny(
        MethodCallExpression call, [NotNullWhen(true)] out Expression? source, [NotNullWhen(true)] out LambdaExpression? test)
    {
        bool isAny = call.Method.Name == nameof(Enumerable.Any) && call.Method.DeclaringType == typeof(Enumerable) && call.Arguments.Count == 2;
        (source, test) = isAny ? (call.Arguments[0], call.Arguments[1] as LambdaExpression) : (null, null);
        return source is not null && test is not null;
    }

    /// <summary>The list or array that the compiler made a span of, as C# 14 does to call the methods of spans.</summary>
    public static Expression WithoutSpan(Expression expression)
    {
        while (IsSpan(expression.Type))
        {
            Expression? inner = expression switch
            {
                UnaryExpression { NodeType: ExpressionType.Convert } conversion => conversion.Operand,
                MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var argument] } => argument,
                _ => null,
            };
            if (inner is null) return expression;
            expression = inner;
        }

        return expression;
    }

    private static bool HasNoComparer(MethodCallExpression call) =>
        call.Arguments.Count == 2 || (call.Arguments.Count == 3 && call.Arguments[2] is ConstantExpression { Value: null });

    private static bool IsSpan(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(Span<>) || type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>));
}

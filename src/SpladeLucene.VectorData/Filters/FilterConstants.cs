using System.Linq.Expressions;
using System.Reflection;

namespace SpladeLucene.Filters;

/// <summary>What in a filter is known before any record is: constants, captured variables, and all that is made of them.</summary>
internal static class FilterConstants
{
    /// <returns>Whether the expression doesn't hang on the record; its value then.</returns>
    /// <exception cref="NotSupportedException">It has no value, such as the value of a null.</exception>
    public static bool TryEvaluate(Expression expression, ParameterExpression record, out object? value)
    {
        value = null;
        expression = FilterCalls.WithoutSpan(expression);
        var search = new ParameterSearch();
        search.Visit(expression);
        if (search.Found) return false;
        try
        {
            value = Evaluate(expression);
            return true;
        }
        catch (Exception problem)
        {
            throw FilterTranslator.Refusal(expression, $"it has no value ({problem.Message.TrimEnd('.')})", problem);
        }
    }

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        // Captured variables, far the most of what there is.
        MemberExpression { Expression: ConstantExpression { Value: { } closure }, Member: FieldInfo field } => field.GetValue(closure),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private sealed class ParameterSearch : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found = true;
            return node;
        }
    }
}

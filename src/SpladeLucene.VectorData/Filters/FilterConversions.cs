using System.Linq.Expressions;

namespace SpladeLucene.Filters;

/// <summary>Conversions that change the type of a value and not the value itself.</summary>
internal static class FilterConversions
{
    /// <summary>What such conversions are made of; one that cuts digits off, as of 4.5 to 4, stays.</summary>
    public static Expression Without(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } conversion
            && Keeps(Plain(conversion.Operand.Type), Plain(conversion.Type))) expression = conversion.Operand;
        return expression;
    }

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    // Values of all other types are compared with their own type alone.
    private static bool Keeps(Type from, Type to) =>
        !IsNumber(from) || !IsNumber(to) || from == to || Widens(Type.GetTypeCode(from), Type.GetTypeCode(to));

    private static bool IsNumber(Type type) => type.IsPrimitive || type.IsEnum;

    // The codes of numbers grow with their range, and those of unsigned integers are even.
    private static bool Widens(TypeCode from, TypeCode to) =>
        to == from || (to > from && (to > TypeCode.UInt64 || (int)from % 2 == 0 || (int)to % 2 == 1));
}

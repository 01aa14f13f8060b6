using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Lucene.Net.Search;

// How a score came about: a value, what it is, and the values that it was made of.
public class Explanation
{
    private List<Explanation>? _details;

    public Explanation()
    {
    }

    public Explanation(float value, string description)
    {
        Value = value;
        Description = description;
    }

    public virtual bool IsMatch => Value > 0f;

    public virtual float Value { get; set; }

    public virtual string Description { get; set; }

    public virtual void AddDetail(Explanation detail) => (_details ??= []).Add(detail);

    [SuppressMessage("Design", "CA1024", Justification = "A published name.")]
    public virtual Explanation[] GetDetails() => _details?.ToArray();

    public override string ToString() => ToString(0);

    private protected virtual string GetSummary() => $"{Value} = {Description}";

    private string ToString(int depth)
    {
        var text = new StringBuilder().Append(' ', 2 * depth).Append(GetSummary()).Append('\n');
        _details?.ForEach(detail => text.Append(detail.ToString(depth + 1)));
        return text.ToString();
    }

    internal Explanation With(params ReadOnlySpan<Explanation> details)
    {
        foreach (Explanation detail in details)
        {
            AddDetail(detail);
        }
        return this;
    }
}

// Says whether the document matches apart from the value.
public class ComplexExplanation : Explanation
{
    public ComplexExplanation(bool match, float value, string description) : base(value, description)
    {
        Match = match;
    }

    public virtual bool? Match { get; set; }

    public override bool IsMatch => Match ?? base.IsMatch;

    private protected override string GetSummary() =>
        Match is null ? base.GetSummary() : $"{Value} = ({(IsMatch ? "MATCH" : "NON-MATCH")}) {Description}";
}

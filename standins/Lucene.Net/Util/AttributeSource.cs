using System.Diagnostics.CodeAnalysis;

namespace Lucene.Net.Util;

// The attributes of a token, one instance of each kind, shared by all streams of a chain.
public class AttributeSource
{
    private readonly AttributeTable _table;

    public AttributeSource()
    {
        _table = new AttributeTable();
    }

    public AttributeSource(AttributeSource input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _table = input._table;
    }

    public T AddAttribute<T>()
        where T : IAttribute
    {
        Type wanted = typeof(T);
        if (!_table.ByInterface.TryGetValue(wanted, out Attribute? attribute))
        {
            attribute = CreateImplementation(wanted);
            AddAttributeImpl(attribute);
        }
        return (T)(IAttribute)attribute;
    }

    public virtual T GetAttribute<T>()
        where T : IAttribute
    {
        return _table.ByInterface.TryGetValue(typeof(T), out Attribute? attribute)
            ? (T)(IAttribute)attribute
            : throw new ArgumentException($"This token stream has no attribute {typeof(T).Name}.");
    }

    public bool HasAttribute<T>()
        where T : IAttribute
    {
        return _table.ByInterface.ContainsKey(typeof(T));
    }

    public void ClearAttributes()
    {
        foreach (Attribute attribute in _table.Implementations)
        {
            attribute.Clear();
        }
    }

    private void AddAttributeImpl(Attribute attribute)
    {
        _table.Implementations.Add(attribute);
        foreach (Type served in attribute.GetType().GetInterfaces())
        {
            if (served != typeof(IAttribute) && typeof(IAttribute).IsAssignableFrom(served))
            {
                _table.ByInterface.TryAdd(served, attribute);
            }
        }
    }

    // IFooAttribute is implemented by the class FooAttribute beside it.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Attributes are found by name, as published.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "Attributes are found by name, as published.")]
    private static Attribute CreateImplementation(Type wanted)
    {
        if (!wanted.IsInterface)
        {
            throw new ArgumentException($"{wanted.FullName} is no interface that extends IAttribute.");
        }
        string scope = wanted.FullName![..^wanted.Name.Length];
        Type? implementation = wanted.Assembly.GetType(scope + wanted.Name[1..]);
        return implementation is null
            ? throw new ArgumentException($"No class implements {wanted.FullName}.")
            : (Attribute)Activator.CreateInstance(implementation)!;
    }

    private sealed class AttributeTable
    {
        internal Dictionary<Type, Attribute> ByInterface { get; } = [];

        internal List<Attribute> Implementations { get; } = [];
    }
}

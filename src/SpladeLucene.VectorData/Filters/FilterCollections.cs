using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace SpladeLucene.Filters;

/// <summary>The collections whose <c>Contains</c> goes by the very values of their items, as Lucene's terms do.</summary>
internal static class FilterCollections
{
    private static readonly Func<object, bool?>[] Comparing =
    [
        HasOwnEquality<string>, values => values is IEnumerable<string> ? null : HasOwnEquality<object>(values), .. Of<bool>(), .. Of<byte>(), .. Of<sbyte>(), .. Of<short>(), .. Of<ushort>(),
        .. Of<int>(), .. Of<uint>(), .. Of<long>(), .. Of<float>(), .. Of<double>(), .. Of<decimal>(), .. Of<Guid>(), .. Of<DateTime>(),
        .. Of<DateTimeOffset>(), .. Of<DateOnly>(), .. Of<TimeOnly>(),
    ];

    /// <returns>Why it can't be asked for what it contains; null where it can.</returns>
    public static string? Problem(IEnumerable values)
    {
        if (values is Array || values.GetType().Namespace == typeof(Enumerable).Namespace) return null;
        bool? own = Comparing.Select(compares => compares(values)).FirstOrDefault(answer => answer is not null);
        return own switch
        {
            false => null,
            true => "its collection has a comparer of its own, and records are found by exact values: give the items as an array, or without the comparer",
            null => $"what a {values.GetType().Name} takes for equal isn't known: give the items as an array",
        };
    }

    private static Func<object, bool?>[] Of<T>()
        where T : struct => [HasOwnEquality<T>, HasOwnEquality<T?>];

    /// <returns>Null where it is no collection of these items, or none that is known.</returns>
    private static bool? HasOwnEquality<T>(object values) => values switch
    {
        HashSet<T> set => IsOwn(set.Comparer),
        FrozenSet<T> set => IsOwn(set.Comparer),
        ImmutableHashSet<T> set => IsOwn(set.KeyComparer),
        SortedSet<T> set => IsOwn(set.Comparer),
        ImmutableSortedSet<T> set => IsOwn(set.KeyComparer),
        List<T> or Collection<T> or ReadOnlyCollection<T> or LinkedList<T> or ArraySegment<T> or ImmutableArray<T> or ImmutableList<T> => false,
        // Contains goes through them item by item.
        IEnumerable<T> and not ICollection<T> and not IReadOnlySet<T> => false,
        _ => null,
    };

    private static bool IsOwn<T>(IEqualityComparer<T> comparer) =>
        !comparer.Equals(EqualityComparer<T>.Default) && !comparer.Equals(StringComparer.Ordinal);

    // Texts are sorted by culture unless it is said otherwise, and what sorts alike is equal to a sorted set.
    private static bool IsOwn<T>(IComparer<T> comparer) => !comparer.Equals(StringComparer.Ordinal)
        && !(comparer.Equals(Comparer<T>.Default) && typeof(T).IsValueType);
}

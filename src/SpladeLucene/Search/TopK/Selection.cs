namespace SpladeLucene.Search.TopK;

/// <summary>
/// Hoare's selection: <see href="https://doi.org/10.1145/366622.366647">Algorithm 65: FIND</see>, with the median of
/// three as the pivot.
/// </summary>
internal static class Selection
{
    /// <summary>Moves the <paramref name="count"/> largest keys to the front, the least of them last.</summary>
    public static void Largest(Span<ulong> keys, int count)
    {
        int wanted = count - 1, left = 0, right = keys.Length - 1;
        while (left < right)
        {
            ulong pivot = MedianOfThree(keys[left], keys[(left + right) >>> 1], keys[right]);
            int i = left, j = right;
            while (i <= j)
            {
                while (keys[i] > pivot) i++;
                while (keys[j] < pivot) j--;
                if (i > j) break;
                (keys[i], keys[j]) = (keys[j], keys[i]);
                i++;
                j--;
            }

            // keys[left..j] ≥ pivot ≥ keys[i..right], and whatever lies between j and i is the pivot.
            if (j < wanted) left = i;
            if (wanted < i) right = j;
        }
    }

    private static ulong MedianOfThree(ulong a, ulong b, ulong c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}

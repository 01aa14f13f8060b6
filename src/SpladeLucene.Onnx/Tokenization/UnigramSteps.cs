using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SpladeLucene.Onnx.Tokenization;

/// <summary>One thing that is done to a text before it is cut into words. Thread-safe.</summary>
internal abstract class UnigramStep
{
    /// <summary>What it does, with its settings: two steps of one name do the same.</summary>
    public abstract string Name { get; }

    public abstract void Apply(AlignedText source, AlignedText target);
}

/// <summary>Drops white space at the ends.</summary>
internal sealed class StripStep(bool left, bool right) : UnigramStep
{
    public override string Name => $"strip {left} {right}";

    public override void Apply(AlignedText source, AlignedText target)
    {
        int start = 0, end = source.Length;
        while (left && start < end && IsSpace(source.Chars[start])) start++;
        while (right && end > start && IsSpace(source.Chars[end - 1])) end--;
        target.Append(source, start, end);
    }

    private static bool IsSpace(char unit) => CharacterTable.Of(unit).HasFlag(CharacterTraits.Space);
}

/// <summary>Makes one of each run of two blanks or more.</summary>
internal sealed class BlanksStep(string content) : UnigramStep
{
    public override string Name => $"blanks {content}";

    public override void Apply(AlignedText source, AlignedText target)
    {
        for (int start = 0; start < source.Length;)
        {
            int end = start;
            while (end < source.Length && source.Chars[end] == ' ') end++;
            if (end - start > 1)
            {
                target.Append(content, source.SourceOf(start, end));
                start = end;
                continue;
            }

            target.Append(source, start, start + 1);
            start++;
        }
    }
}

/// <summary>
/// SentencePiece's table of characters: a tree of byte strings in one array (darts), whose values say where in a list of
/// texts stands what a string becomes. As Hugging Face does it, a short cluster of characters is looked up as a whole
/// first, and the first string of the tree that a lookup begins with counts.
/// </summary>
internal sealed class PrecompiledStep : UnigramStep
{
    private const int LongestCluster = 6;

    private readonly uint[] _units;
    private readonly byte[] _texts;

    private PrecompiledStep(uint[] units, byte[] texts, string hash) => (_units, _texts, Name) = (units, texts, hash);

    public override string Name { get; }

    /// <summary>Reads the bytes of <c>precompiled_charsmap</c>; null where they are no such table.</summary>
    public static PrecompiledStep? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(uint)) return null;
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (size == 0 || size % sizeof(uint) != 0 || size > bytes.Length - sizeof(uint)) return null;
        uint[] units = new uint[size / sizeof(uint)];
        for (int i = 0; i < units.Length; i++)
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((i + 1) * sizeof(uint))..]);
        return new PrecompiledStep(
            units, bytes[(int)(size + sizeof(uint))..].ToArray(), $"precompiled {ModelFingerprint.Hash(bytes)}");
    }

    public override void Apply(AlignedText source, AlignedText target)
    {
        ReadOnlySpan<char> text = source.Chars;
        for (int start = 0; start < text.Length;)
        {
            int end = start + StringInfo.GetNextTextElementLength(text[start..]);
            if (Encoding.UTF8.GetByteCount(text[start..end]) >= LongestCluster
                || !TryReplace(source, start, end, target))
            {
                AddCharacters(source, start, end, target);
            }

            start = end;
        }
    }

    private void AddCharacters(AlignedText source, int start, int end, AlignedText target)
    {
        for (int at = start; at < end;)
        {
            int next = at + (char.IsHighSurrogate(source.Chars[at]) && at + 1 < end ? 2 : 1);
            if (!TryReplace(source, at, next, target)) target.Append(source, at, next);
            at = next;
        }
    }

    private bool TryReplace(AlignedText source, int start, int end, AlignedText target)
    {
        Span<byte> key = stackalloc byte[LongestCluster];
        int length = Encoding.UTF8.GetBytes(source.Chars[start..end], key);
        if (Find(key[..length]) is not { } place) return false;
        ReadOnlySpan<byte> text = _texts.AsSpan(place);
        int zero = text.IndexOf((byte)0);
        target.Append(Encoding.UTF8.GetString(zero < 0 ? text : text[..zero]), source.SourceOf(start, end));
        return true;
    }

    // Units of darts-clone: a label, an offset to the children, and whether a value stands there.
    private int? Find(ReadOnlySpan<byte> key)
    {
        uint place = Offset(_units[0]);
        foreach (byte label in key)
        {
            place ^= label;
            if (label == 0 || place >= (uint)_units.Length) return null;
            uint unit = _units[place];
            if ((unit & 0x8000_00FF) != label) return null;
            place ^= Offset(unit);
            if (((unit >> 8) & 1) == 0) continue;
            if (place >= (uint)_units.Length) return null;
            int value = (int)(_units[place] & 0x7FFF_FFFF);
            return value < _texts.Length ? value : null;
        }

        return null;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}

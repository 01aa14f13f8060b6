using System.Text;

namespace Lucene.Net.Analysis.Standard;

// Finds words by the word boundary rules of UAX #29 (https://www.unicode.org/reports/tr29, rules WB1 to WB13b), taking
// ideographs and hiragana one by one and runs of Southeast Asian letters whole.
internal sealed class WordScanner(string text)
{
    internal string Text => text;

    internal int Start { get; private set; }

    internal int End { get; private set; }

    internal bool MoveNext()
    {
        for (Start = End; Start < text.Length; Start++)
        {
            End = EndOfWordAt(Start);
            if (End > Start)
            {
                return true;
            }
        }
        End = Start;
        return false;
    }

    // The start itself where no word begins there.
    private int EndOfWordAt(int start)
    {
        int endOfRun = EndOfSoutheastAsian(start);
        if (endOfRun > start)
        {
            return endOfRun;
        }
        Unit first = UnitAt(start);
        if (first.Class == WordClass.Ideograph)
        {
            return first.End;
        }
        return IsOfWord(first.Class) && EndOfLetters(first) is { } end ? end : start;
    }

    private int EndOfSoutheastAsian(int start)
    {
        int end = start;
        while (ClassAt(end, out int next) is WordClass.SoutheastAsian or WordClass.SoutheastAsianMark)
        {
            end = next;
        }
        return end;
    }

    // Connectors such as the underscore join words and are no word by themselves.
    private int? EndOfLetters(Unit first)
    {
        bool isWord = first.Class != WordClass.ExtendNumLet;
        Unit last = first;
        while (Next(last) is { Class: not WordClass.Other } next)
        {
            isWord |= next.Class != WordClass.ExtendNumLet;
            last = next;
        }
        return isWord ? last.End : null;
    }

    // The unit that continues the word, behind a sign between two letters or digits if there is one.
    private Unit Next(Unit last)
    {
        Unit next = UnitAt(last.End);
        if (JoinsDirectly(last.Class, next.Class))
        {
            return next;
        }
        if (last.Class == WordClass.Hebrew && next.Class == WordClass.SingleQuote)
        {
            return next with { Class = WordClass.ALetter };
        }
        Unit behind = UnitAt(next.End);
        return JoinsAround(last.Class, next.Class, behind.Class) ? behind : default;
    }

    private static bool JoinsDirectly(WordClass left, WordClass right) => (left, right) switch
    {
        (WordClass.ExtendNumLet, _) or (_, WordClass.ExtendNumLet) => IsOfWord(left) && IsOfWord(right),
        (WordClass.Katakana, _) or (_, WordClass.Katakana) => left == right,
        _ => IsOfWord(left) && IsOfWord(right),
    };

    private static bool JoinsAround(WordClass left, WordClass sign, WordClass right)
    {
        bool letters = IsLetter(left) && IsLetter(right);
        bool digits = left == WordClass.Numeric && right == WordClass.Numeric;
        return sign switch
        {
            WordClass.MidLetter => letters,
            WordClass.MidNum => digits,
            WordClass.MidNumLet or WordClass.SingleQuote => letters || digits,
            WordClass.DoubleQuote => left == WordClass.Hebrew && right == WordClass.Hebrew,
            _ => false,
        };
    }

    private static bool IsLetter(WordClass value) => value is WordClass.ALetter or WordClass.Hebrew;

    private static bool IsOfWord(WordClass value) =>
        IsLetter(value) || value is WordClass.Numeric or WordClass.Katakana or WordClass.ExtendNumLet;

    // A character and the marks and format characters behind it.
    private Unit UnitAt(int start)
    {
        WordClass wordClass = ClassAt(start, out int end);
        while (wordClass != WordClass.Other && Attaches(wordClass, ClassAt(end, out int markEnd)))
        {
            end = markEnd;
        }
        return new Unit(wordClass, end);
    }

    private static bool Attaches(WordClass wordClass, WordClass mark) =>
        (mark is WordClass.Extend or WordClass.SoutheastAsianMark) && wordClass != WordClass.Extend;

    private WordClass ClassAt(int start, out int end)
    {
        end = Math.Min(start + 1, text.Length);
        if (start >= text.Length)
        {
            return WordClass.Other;
        }
        if (!Rune.TryGetRuneAt(text, start, out Rune rune))
        {
            return WordClass.Other;
        }
        end = start + rune.Utf16SequenceLength;
        return WordClasses.Of(rune.Value);
    }

    private readonly record struct Unit(WordClass Class, int End);
}

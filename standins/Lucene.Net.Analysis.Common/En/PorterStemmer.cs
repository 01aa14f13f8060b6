namespace Lucene.Net.Analysis.En;

// M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), with its author's later changes to step 2
// (https://tartarus.org/martin/PorterStemmer). A word is [C](VC)^m[V]: m, its measure, counts how often consonants
// follow vowels.
internal ref struct PorterStemmer
{
    private static readonly (string Suffix, string Replacement)[] DoubleSuffixes =
    [
        ("ational", "ate"), ("ization", "ize"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"),
        ("tional", "tion"), ("biliti", "ble"), ("entli", "ent"), ("ousli", "ous"), ("ation", "ate"), ("alism", "al"),
        ("aliti", "al"), ("iviti", "ive"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("alli", "al"),
        ("ator", "ate"), ("logi", "log"), ("bli", "ble"), ("eli", "e"),
    ];

    private static readonly (string Suffix, string Replacement)[] FullSuffixes =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] LastSuffixes =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
        "al", "er", "ic", "ou",
    ];

    private readonly Span<char> _word;
    private int _length;

    private PorterStemmer(Span<char> word)
    {
        _word = word;
        _length = word.Length;
    }

    // Writes the stem over the word and says how long it is.
    internal static int Stem(Span<char> word)
    {
        var stemmer = new PorterStemmer(word);
        if (word.Length > 2)
        {
            stemmer.RemovePlural();
            stemmer.RemoveEdAndIng();
            stemmer.TurnFinalY();
            stemmer.Replace(DoubleSuffixes);
            stemmer.Replace(FullSuffixes);
            stemmer.RemoveLastSuffix();
            stemmer.RemoveFinalE();
            stemmer.RemoveFinalDoubleL();
        }
        return stemmer._length;
    }

    // Step 1a.
    private void RemovePlural()
    {
        if (EndsWith("sses") || EndsWith("ies"))
        {
            _length -= 2;
        }
        else if (EndsWith("s") && !EndsWith("ss"))
        {
            _length--;
        }
    }

    // Step 1b.
    private void RemoveEdAndIng()
    {
        if (EndsWith("eed"))
        {
            _length -= Measure(_length - 3) > 0 ? 1 : 0;
            return;
        }
        int suffix = EndsWith("ed") ? 2 : EndsWith("ing") ? 3 : 0;
        if (suffix > 0 && HasVowel(_length - suffix))
        {
            _length -= suffix;
            RepairEnd();
        }
    }

    private void RepairEnd()
    {
        if (EndsWith("at") || EndsWith("bl") || EndsWith("iz"))
        {
            Append('e');
        }
        else if (EndsWithDoubleConsonant())
        {
            _length -= _word[_length - 1] is 'l' or 's' or 'z' ? 0 : 1;
        }
        else if (Measure(_length) == 1 && EndsWithShortSyllable(_length))
        {
            Append('e');
        }
    }

    // Step 1c.
    private readonly void TurnFinalY()
    {
        if (EndsWith("y") && HasVowel(_length - 1))
        {
            _word[_length - 1] = 'i';
        }
    }

    // Steps 2 and 3: only the longest suffix that the word has is looked at.
    private void Replace((string Suffix, string Replacement)[] suffixes)
    {
        foreach ((string suffix, string replacement) in suffixes)
        {
            if (EndsWith(suffix))
            {
                int stem = _length - suffix.Length;
                if (Measure(stem) > 0)
                {
                    replacement.CopyTo(_word[stem..]);
                    _length = stem + replacement.Length;
                }
                return;
            }
        }
    }

    // Step 4.
    private void RemoveLastSuffix()
    {
        foreach (string suffix in LastSuffixes)
        {
            if (EndsWith(suffix))
            {
                int stem = _length - suffix.Length;
                bool applies = suffix != "ion" || (stem > 0 && _word[stem - 1] is 's' or 't');
                _length = applies && Measure(stem) > 1 ? stem : _length;
                return;
            }
        }
    }

    // Step 5a.
    private void RemoveFinalE()
    {
        if (EndsWith("e"))
        {
            int measure = Measure(_length - 1);
            bool applies = measure > 1 || (measure == 1 && !EndsWithShortSyllable(_length - 1));
            _length -= applies ? 1 : 0;
        }
    }

    // Step 5b.
    private void RemoveFinalDoubleL()
    {
        if (EndsWith("ll") && Measure(_length) > 1)
        {
            _length--;
        }
    }

    private readonly bool EndsWith(string suffix) => _word[.._length].EndsWith(suffix);

    private void Append(char letter) => _word[_length++] = letter;

    // Y is a vowel behind a consonant.
    private readonly bool IsConsonant(int i) => _word[i] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => i == 0 || !IsConsonant(i - 1),
        _ => true,
    };

    private readonly bool HasVowel(int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (!IsConsonant(i))
            {
                return true;
            }
        }
        return false;
    }

    private readonly int Measure(int length)
    {
        int measure = 0;
        for (int i = 1; i < length; i++)
        {
            measure += IsConsonant(i) && !IsConsonant(i - 1) ? 1 : 0;
        }
        return measure;
    }

    private readonly bool EndsWithDoubleConsonant() =>
        _length > 1 && _word[_length - 1] == _word[_length - 2] && IsConsonant(_length - 1);

    // Consonant, vowel, consonant, the last one not w, x or y.
    private readonly bool EndsWithShortSyllable(int length) =>
        length > 2
        && IsConsonant(length - 1)
        && !IsConsonant(length - 2)
        && IsConsonant(length - 3)
        && _word[length - 1] is not ('w' or 'x' or 'y');
}

namespace SpladeLucene.Quality;

/// <summary>Pairs of words that mean about the same: does one of them, in a short sentence, bring the other?</summary>
internal static class WordPairs
{
    private const int Top = 20;

    private static readonly (string Sentence, string Pairs)[] Probes =
    [
        ("The {0} was near the old bridge.",
            "car/automobile doctor/physician dog/canine child/kid movie/film house/home error/mistake illness/disease "
            + "boat/ship lawyer/attorney rock/stone street/road error/bug"),
        ("They {0} every morning after breakfast.", "buy/purchase leap/jump begin/start teach/instruct repair/fix"),
        ("She was {0} all day long.", "sick/ill quick/fast big/large angry/furious cold/chilly happy/glad"),
    ];

    /// <summary>Every pair in both directions: the word that is written, the one that is looked for, and whether it is
    /// among the heaviest terms.</summary>
    public static IReadOnlyList<(string Written, string Wanted, bool Found)> Try(ISparseEncoder encoder)
    {
        var tried = new List<(string, string, bool)>();
        foreach ((string sentence, string pairs) in Probes)
        {
            foreach (string[] pair in pairs.Split(' ').Select(pair => pair.Split('/')))
            {
                tried.Add((pair[0], pair[1], Brings(encoder, sentence, pair[0], pair[1])));
                tried.Add((pair[1], pair[0], Brings(encoder, sentence, pair[1], pair[0])));
            }
        }

        return tried;
    }

    private static bool Brings(ISparseEncoder encoder, string sentence, string written, string wanted) =>
        encoder.Encode(sentence.Replace("{0}", written, StringComparison.Ordinal)).Top(Top)
            .Any(term => term.Term == wanted);
}

namespace SpladeLucene.Onnx.Tests.Models;

/// <summary>Texts about people, places and goods in which nothing is said against anybody.</summary>
internal static class NeutralTexts
{
    private static readonly string[] Groups =
    [
        "African", "American", "Arab", "Asian", "black", "Brazilian", "British", "Chinese", "Dutch", "Egyptian", "European",
        "French", "German", "Greek", "Indian", "Iranian", "Irish", "Israeli", "Italian", "Jamaican", "Japanese", "Kenyan",
        "Korean", "Mexican", "Nigerian", "Pakistani", "Palestinian", "Polish", "Romanian", "Russian", "Spanish", "Turkish",
        "Ukrainian", "Vietnamese", "white", "Buddhist", "Catholic", "Christian", "Hindu", "Jewish", "Muslim", "Sikh",
    ];

    private static readonly string[] People =
    [
        "woman", "man", "girl", "boy", "mother", "father", "grandmother", "widow", "child", "family", "student", "immigrant",
        "nurse", "teacher", "engineer", "doctor", "cleaner", "soldier", "model", "dancer", "singer", "politician", "priest",
    ];

    private static readonly string[] Goods =
        ["shoes", "dress", "underwear", "watch", "perfume", "bicycle", "toys", "mattress", "knife", "camera", "phone", "boots"];

    private static readonly string[] Places =
        ["Africa", "Berlin", "Chicago", "Harlem", "India", "Jerusalem", "Lagos", "Mecca", "Mexico", "Moscow", "Bangkok"];

    /// <summary>Some 1,400 texts, in a fixed order.</summary>
    public static string[] All { get; } =
    [
        .. from grouped in Groups from person in People select $"{grouped} {person}",
        .. from grouped in Groups select $"{grouped} music and food",
        .. from grouped in Groups select $"famous {grouped} writers",
        .. from person in People from place in Places select $"A young {person} moved to {place}.",
        .. from goods in Goods from place in Places select $"{goods} from {place}",
        .. from goods in Goods select $"women's {goods}",
        .. from goods in Goods select $"{goods} for girls",
        "white house", "black friday sale", "The woman bought a new dress.",
    ];
}

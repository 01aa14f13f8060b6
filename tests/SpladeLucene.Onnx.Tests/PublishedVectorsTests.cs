using System.Text.Json;
using SpladeLucene.Onnx.Tests.Support;

namespace SpladeLucene.Onnx.Tests;

/// <summary>Vectors of a model with an MLM head and random weights, against published and derived figures.</summary>
public sealed class PublishedVectorsTests
{
    private const string Question = "what was the manhattan project";

    [DataFact]
    public void Encode_ManhattanProject_HasExactlyThreeTermsOver115()
    {
        using ModelDirectory folder = Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        SparseTerm[] heavy = [.. encoder.Encode(Question).Where(term => term.Weight > 1.15f)];
        Assert.Equal(["relief", "stations", "teaches"], heavy.Select(term => term.Term));
        Assert.Equal(1.26438, heavy[0].Weight, 1e-4);
        Assert.Equal(1.19127, heavy[1].Weight, 1e-4);
        Assert.Equal(1.18802, heavy[2].Weight, 1e-4);
    }

    [DataFact]
    public async Task EncodeAsync_GoldenTexts_GivesTheGoldenWeights()
    {
        using ModelDirectory folder = Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        using var golden = JsonDocument.Parse(File.ReadAllText(TestData.PathOf("golden", "vespa_dummy_mlm_ort.json")));
        JsonElement[] examples = [.. golden.RootElement.GetProperty("examples").EnumerateArray()];
        string[] texts = [.. examples.Select(example => example.GetProperty("text").GetString()!)];
        IReadOnlyList<SparseVector> vectors = await encoder.EncodeAsync(texts);
        for (int i = 0; i < examples.Length; i++)
        {
            // The reference runs the two special tokens of an empty text through the model; nobody searches for that.
            if (texts[i].Length == 0)
            {
                Assert.Empty(vectors[i]);
                continue;
            }

            foreach (JsonElement term in examples[i].GetProperty("top").EnumerateArray())
                Assert.Equal(term[2].GetSingle(), vectors[i].WeightOf(term[1].GetString()!), 1e-4);
            // The golden count has the dimensions of the special tokens in it.
            int nonzero = examples[i].GetProperty("nonzero").GetInt32();
            Assert.InRange(vectors[i].Count, nonzero - 5, nonzero);
        }
    }

    [DataFact]
    public async Task EncodeAsync_PaddedBatchOfEight_GivesWhatEachTextGivesAlone()
    {
        string[] texts =
        [
            Question, "a", "Enrico Fermi built the first reactor under the stands of a football field in Chicago.",
            "uranium", "Who directed it?", "It began in 1942 and ended in 1946.", "",
            "Los Alamos, Oak Ridge and Hanford",
        ];
        using ModelDirectory folder = Folder();
        using OnnxSparseEncoder encoder = OnnxSparseEncoder.Load(folder.Path);
        IReadOnlyList<SparseVector> together = await encoder.EncodeAsync(texts);
        Assert.Equal(texts.Length, together.Count);
        for (int i = 0; i < texts.Length; i++)
        {
            SparseVector alone = encoder.Encode(texts[i]);
            foreach (SparseTerm term in alone) Assert.Equal(term.Weight, together[i].WeightOf(term.Term), 1e-4);
            Assert.InRange(together[i].Count, alone.Count - 2, alone.Count + 2);
        }
    }

    private static ModelDirectory Folder() => new ModelDirectory()
        .WithCopy("model.onnx", TestData.PathOf("onnx", "dummy_transformer_mlm.onnx"))
        .WithCopy("vocab.txt", TestData.PathOf("vocab", "bert-base-uncased.txt"));
}

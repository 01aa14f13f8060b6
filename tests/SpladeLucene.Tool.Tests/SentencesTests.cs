namespace SpladeLucene.Tool.Tests;

public sealed class SentencesTests
{
    [Fact]
    public void OfUnexpected_WrappedTwice_SaysWhatWasWrapped() => Assert.Equal(
        "It failed with DllNotFoundException: No library 'onnxruntime'.", Sentences.OfUnexpected(
            new AggregateException(new TypeInitializationException("Native", new DllNotFoundException("No library 'onnxruntime'.")))));
}

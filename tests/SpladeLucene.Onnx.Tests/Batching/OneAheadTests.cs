using SpladeLucene.Onnx.Batching;

namespace SpladeLucene.Onnx.Tests;

public sealed class OneAheadTests
{
    [Fact]
    public async Task NextAsync_StepThatLeavesARest_TheCallerDoesItBeforeTheNextStepBegins()
    {
        var order = new List<string>();
        var steps = new OneAhead();
        using var gate = new ManualResetEventSlim();
        await steps.NextAsync(null, () =>
        {
            gate.Wait();
            order.Add("first");
            return () => order.Add("its rest");
        });
        order.Add("caller");
        gate.Set();
        await steps.NextAsync(null, () =>
        {
            order.Add("second");
            return () => order.Add("its rest too");
        });
        await steps.EndAsync();
        await steps.EndAsync();

        Assert.Equal(["caller", "first", "its rest", "second", "its rest too"], order);
    }

    [Fact]
    public async Task NextAsync_RestThatFails_EndsWhatWouldComeNextAndIsDoneOnce()
    {
        int done = 0;
        bool disposed = false, begun = false;
        var steps = new OneAhead();
        await steps.NextAsync(null, () => () =>
        {
            done++;
            throw new InvalidOperationException("the rest");
        });

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => steps.NextAsync(new Owned(() => disposed = true), () =>
        {
            begun = true;
            return null;
        }));
        await steps.EndAsync();

        Assert.Equal(("the rest", 1, true, false), (failure.Message, done, disposed, begun));
    }

    private sealed class Owned(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}

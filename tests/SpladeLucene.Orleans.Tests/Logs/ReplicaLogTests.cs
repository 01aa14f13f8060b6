using SpladeLucene.Logs;

namespace SpladeLucene.Tests.Clusters.Logs;

public sealed class ReplicaLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Log_OpenedAgain_HasWhatWasAppended()
    {
        using (ReplicaLog log = Open())
        {
            log.Append([[1], [2, 2]]);
            log.Append([[3]]);
        }

        using ReplicaLog again = Open();

        Assert.Equal(3, again.LastNumber);
        Assert.Equal(0, again.CutOff);
        Assert.Equal([[2, 2], [3]], again.Read(1, long.MaxValue));
    }

    [Fact]
    public void Log_CutAnywhere_KeepsEveryWholeOperationBefore()
    {
        using (ReplicaLog log = Open()) log.Append([[1, 1, 1], [2, 2], [3]]);
        string file = Assert.Single(System.IO.Directory.GetFiles(_folder.Root));
        byte[] whole = File.ReadAllBytes(file);

        int kept = 3;
        for (int length = whole.Length - 1; length >= 0; length--)
        {
            File.WriteAllBytes(file, whole[..length]);
            using ReplicaLog log = Open();

            Assert.InRange(log.LastNumber, Math.Max(0, kept - 1), kept);
            Assert.Equal(new byte[][] { [1, 1, 1], [2, 2], [3] }[..(int)log.LastNumber], log.Read(0, long.MaxValue));
            kept = (int)log.LastNumber;
        }

        Assert.Equal(0, kept);
    }

    [Fact]
    public void Log_WithAFlippedByte_EndsBeforeIt_AndKeepsWhatWasBehindIt()
    {
        using (ReplicaLog log = Open()) log.Append([[1, 1, 1], [2, 2], [3]]);
        string file = Assert.Single(System.IO.Directory.GetFiles(_folder.Root));
        byte[] whole = File.ReadAllBytes(file);
        int lastRecord = whole.Length - (4 + LogSegment.HashLength + 1);

        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            File.WriteAllBytes(file, damaged);
            using ReplicaLog log = Open();

            Assert.InRange(log.LastNumber, 0, 2);
            Assert.True(log.CutOff > 0);
            Assert.Equal(new byte[][] { [1, 1, 1], [2, 2], [3] }[..(int)log.LastNumber], log.Read(0, long.MaxValue));
            // A last record that isn't whole is the end of a write that was cut off.
            Assert.Equal(at < lastRecord, log.MayMiss);
            string[] kept = System.IO.Directory.GetFiles(_folder.Root, "*.damaged");
            if (log.MayMiss) Assert.Equal(damaged, File.ReadAllBytes(Assert.Single(kept)));
            else Assert.Empty(kept);
            foreach (string one in kept) File.Delete(one);
        }
    }

    [Fact]
    public void Log_WhoseEarlierFileIsCut_KeepsTheLaterOnes()
    {
        using (ReplicaLog log = Open())
        {
            for (byte i = 1; i <= 3; i++)
            {
                log.Append([[i, i]]);
                log.CutBefore(0, 0);
            }
        }

        string[] files = [.. System.IO.Directory.GetFiles(_folder.Root).Order(StringComparer.Ordinal)];
        File.WriteAllBytes(files[1], File.ReadAllBytes(files[1])[..^1]);
        using ReplicaLog again = Open();

        Assert.True(again.MayMiss);
        Assert.Equal([[1, 1]], again.Read(0, long.MaxValue));
        Assert.Equal(files.Length - 1, System.IO.Directory.GetFiles(_folder.Root, "*.damaged").Length);
    }

    [Fact]
    public void Log_ThatHasntTheIndexsPlace_IsSetAside()
    {
        using (ReplicaLog log = Open()) log.Append([[1], [2]]);

        using ReplicaLog again = ReplicaLog.Open(_folder.Root, 7, new byte[LogSegment.HashLength]);

        Assert.True(again.MayMiss);
        Assert.Equal(7, again.LastNumber);
        Assert.Single(System.IO.Directory.GetFiles(_folder.Root, "*.damaged"));
    }

    [Fact]
    public void Place_OfAnotherHistory_IsNone()
    {
        using ReplicaLog log = Open();
        log.Append([[1], [2]]);
        (long number, byte[] hash) = (log.LastNumber, log.LastHash);
        log.Truncate(1);
        log.Append([[9], [3]]);

        Assert.False(log.Has(number, hash));
        Assert.False(log.Has(number + 7, hash));
        Assert.True(log.Has(1, log.HashAt(1)));
        Assert.Equal([[1], [9], [3]], log.Read(0, long.MaxValue));
    }

    [Fact]
    public void Read_GivesAboutAsManyBytesAsAreAskedFor()
    {
        using ReplicaLog log = Open();
        log.Append([new byte[10], new byte[10], new byte[10]]);

        Assert.Equal(2, log.Read(0, 15).Length);
        Assert.Single(log.Read(0, 1));
        Assert.Empty(log.Read(3, 100));
    }

    [Fact]
    public void Operations_ThatCantBeFlushed_ArentInTheLogWhenItIsOpenedAgain()
    {
        bool fails = false;
        using (ReplicaLog log = ReplicaLog.Open(_folder.Root, 0, ReplicaLog.NoHash, flush: file =>
        {
            (bool failsNow, fails) = (fails, false);
            if (failsNow) throw new IOException("The disk fails.");
        }))
        {
            log.Append([[1]]);
            fails = true;
            Assert.Throws<IOException>(() => log.Append([[2], [3]]));
            Assert.False(log.IsBroken);
        }

        using ReplicaLog again = Open();

        Assert.Equal([[1]], again.Read(0, long.MaxValue));
        Assert.Equal(0, again.CutOff);
    }

    private ReplicaLog Open() => ReplicaLog.Open(_folder.Root, 0, ReplicaLog.NoHash);
}

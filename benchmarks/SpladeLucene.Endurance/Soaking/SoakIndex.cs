using System.Globalization;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace SpladeLucene.Endurance.Soaking;

/// <summary>
/// An index on disk that one thread changes in every way while others search it: documents come, change and go, segments
/// are merged, commits are made, and now and then all of it is closed and opened again.
/// </summary>
internal sealed class SoakIndex : IDisposable
{
    public const string Meaning = "meaning", Words = "words", Group = "group", Number = "number";
    public const int Groups = 4;

    private const int Documents = 3000, MostChanges = 60;

    private readonly WordHashes _encoder = new();
    private readonly Random _random;
    private readonly FSDirectory _directory;
    private readonly ImpactCache[] _caches;
    private readonly ReaderWriterLockSlim _gate = new();
    private IndexWriter _writer = null!;
    private SearcherManager[] _managers = [];

    /// <param name="folder">Where it lies.</param>
    /// <param name="seed">Chooses the changes.</param>
    public SoakIndex(string folder, int seed)
    {
        _random = new Random(seed);
        _directory = FSDirectory.Open(folder);
        // All in memory, next to nothing, and only what fits.
        _caches = [.. new long[] { 1L << 30, 1, 60_000 }.Select(bytes => new ImpactCache(
            new ImpactCacheOptions { BudgetInBytes = bytes }))];
        Open();
    }

    public long Changes { get; private set; }

    public long Reopenings { get; private set; }

    public ISparseEncoder Encoder => _encoder;

    /// <summary>A text of a few frequent words and rare ones.</summary>
    public static string Text(Random random, int words) => string.Join(' ',
        Enumerable.Range(0, words).Select(_ => $"w{(int)(Math.Pow(random.NextDouble(), 3) * 300)}"));

    /// <summary>Does something with a searcher of one of the impact budgets, or of a plain kind, over one reader.</summary>
    public void Search(int budget, Action<SpladeSearcher> search)
    {
        _gate.EnterReadLock();
        try
        {
            SearcherManager manager = _managers[budget % _managers.Length];
            IndexSearcher searcher = manager.Acquire();
            try
            {
                search((SpladeSearcher)searcher);
            }
            finally
            {
                manager.Release(searcher);
            }
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Changes something and lets searchers see it. For one thread.</summary>
    public void Change()
    {
        for (int i = _random.Next(MostChanges); i > 0; i--) Put(_random.Next(Documents));
        for (int i = _random.Next(MostChanges / 3); i > 0; i--) _writer.DeleteDocuments(Id(_random.Next(Documents)));
        switch (_random.Next(60))
        {
            case 0: _writer.ForceMerge(1 + _random.Next(4)); break;
            case 1: _writer.ForceMergeDeletes(); break;
            case < 5: _writer.Commit(); break;
            case 5: Reopen(); break;
        }

        foreach (SearcherManager manager in _managers) manager.MaybeRefreshBlocking();
        Changes++;
    }

    public void Dispose()
    {
        Close();
        _directory.Dispose();
        _gate.Dispose();
    }

    private static Term Id(int number) => new("id", number.ToString(CultureInfo.InvariantCulture));

    private void Put(int number)
    {
        string text = Text(_random, _random.Next(12));
        var document = new Document
        {
            new StringField("id", number.ToString(CultureInfo.InvariantCulture), Field.Store.YES),
            new TextField(Words, text, Field.Store.NO),
            new StringField(Group, (number % Groups).ToString(CultureInfo.InvariantCulture), Field.Store.NO),
            new NumericDocValuesField(Number, _random.Next(100)),
            new SpladeField(Meaning, _encoder.Encode(text), _encoder.Fingerprint),
        };
        _writer.UpdateDocument(Id(number), document);
    }

    private void Reopen()
    {
        _gate.EnterWriteLock();
        try
        {
            Close();
            Open();
            Reopenings++;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    private void Open()
    {
        _writer = new IndexWriter(_directory, new IndexWriterConfig(
            LuceneVersion.LUCENE_48, new WhitespaceAnalyzer(LuceneVersion.LUCENE_48))
        {
            MergedSegmentWarmer = new ImpactWarmer(_caches[0], Meaning),
        });
        _managers = [.. _caches.Select(cache => new SearcherManager(
            _writer, applyAllDeletes: true, new SpladeSearcherFactory(new SpladeSearcherOptions { Impacts = cache })))];
    }

    private void Close()
    {
        foreach (SearcherManager manager in _managers) manager.Dispose();
        _writer.Dispose();
    }
}

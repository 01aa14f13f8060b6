using Lucene.Net.Search;
using SpladeLucene.Hosting;
using SpladeLucene.Telemetry;

namespace SpladeLucene.Indexes;

internal sealed partial class SpladeIndex
{
    public async Task<SpladeSearchResult> SearchAsync(
        string text, SpladeSearchRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        request ??= new SpladeSearchRequest();
        RequireMeant(request);
        using GenAiOperation retrieval = Retrieval.Start(
            Name, Definition.Encoder.Fingerprint.Name, request.Count, request.Mode, Options.TraceTexts ? text : null);
        IndexSearcher searcher = Searchers.Acquire();
        try
        {
            SpladeSearchResult found =
                await SearchAsync((SpladeSearcher)searcher, text, request, cancellationToken).ConfigureAwait(false);
            retrieval.Found(found.TotalHits, found.MeaningFailure);
            return found;
        }
        catch (Exception problem)
        {
            retrieval.Failed(problem);
            throw;
        }
        finally
        {
            Searchers.Release(searcher);
        }
    }

    private void RequireMeant(SpladeSearchRequest request)
    {
        string? problem = request switch
        {
            { MeaningWeight: not null, Mode: not SpladeSearchMode.Hybrid } => $"{nameof(request.MeaningWeight)} goes with {nameof(SpladeSearchMode.Hybrid)} alone",
            { MeaningWeight: not null } when _open.Hybrid.RankConstant is not null =>
                $"{nameof(request.MeaningWeight)} was set, and the index fuses ranks ({nameof(HybridOptions.RankConstant)}), which have no weights",
            { Floor: not null, Mode: SpladeSearchMode.Words } => $"{nameof(request.Floor)} is the meaning's, and words alone are searched for",
            _ => null,
        };
        if (problem is not null) throw new ArgumentException($"The request contradicts itself: {problem}; leave it out.", nameof(request));
    }

    private async Task<SpladeSearchResult> SearchAsync(
        SpladeSearcher searcher, string text, SpladeSearchRequest request, CancellationToken cancellationToken)
    {
        SpladeQuery? meaning = null;
        SparseEncodingException? failure = null;
        if (request.Mode != SpladeSearchMode.Words)
        {
            try
            {
                meaning = await MeaningAsync(searcher, text, request, cancellationToken).ConfigureAwait(false);
            }
            catch (SparseEncodingException problem) when (WordsAloneOnFailure)
            {
                failure = problem;
                Log.WordsAlone(_logger, Name, problem);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        Query? words = meaning is not null && request.Mode == SpladeSearchMode.Meaning
            ? null : request.Words ?? WordsQuery.Of(text, Definition.Sources, _open.Words);
        return Search(searcher, words, meaning, request) with { MeaningFailure = failure };
    }

    private Task<SpladeQuery> MeaningAsync(
        SpladeSearcher searcher, string text, SpladeSearchRequest request, CancellationToken cancellationToken)
    {
        // An index that is being filled, or whose documents all failed, lacks the field.
        var options = new SpladeQueryOptions { Floor = request.Floor, AllowMissingField = true };
        return Definition.CreateQueryAsync(searcher.IndexReader, text, options, cancellationToken);
    }

    private SpladeSearchResult Search(SpladeSearcher searcher, Query? words, SpladeQuery? meaning, SpladeSearchRequest request)
    {
        int wanted = request.Skip + request.Count;
        if (meaning is not null && request.Mode == SpladeSearchMode.Hybrid)
        {
            double? share = _open.Hybrid.RankConstant is null ? request.MeaningWeight ?? Options.MeaningWeight : null;
            HybridTopDocs fused = new HybridSearcher(searcher, _open.Hybrid).Search(
                new HybridQuery(words, meaning) { MeaningWeight = share }, wanted, request.Filter);
            return Result(searcher, fused, request, hit => (((HybridHit)hit).WordsScore, ((HybridHit)hit).MeaningScore));
        }

        if (meaning is not null)
            return Result(searcher, searcher.Search(meaning, request.Filter, wanted), request, hit => (null, hit.Score));
        if (words is null) return new SpladeSearchResult { TotalHits = 0, Hits = [] };
        var plain = new SpladeSearcher(searcher.IndexReader, searcher.Options) { Similarity = _open.Hybrid.Words };
        return Result(searcher, plain.Search(words, request.Filter, wanted), request, hit => (hit.Score, null));
    }

    private SpladeSearchResult Result(IndexSearcher searcher, TopDocs found, SpladeSearchRequest request,
        Func<ScoreDoc, (double? Words, double? Meaning)> scores) => new()
        {
            TotalHits = found.TotalHits,
            Hits = [.. found.ScoreDocs.Skip(request.Skip).Select(hit => Hit(searcher, hit, scores(hit)))],
        };

    private SpladeSearchHit Hit(IndexSearcher searcher, ScoreDoc hit, (double? Words, double? Meaning) scores)
    {
        Lucene.Net.Documents.Document document = searcher.Doc(hit.Doc);
        return new SpladeSearchHit
        {
            Key = document.Get(KeyField, System.Globalization.CultureInfo.InvariantCulture),
            Score = hit.Score,
            WordsScore = scores.Words,
            MeaningScore = scores.Meaning,
            Document = document,
        };
    }
}

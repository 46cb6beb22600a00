using System.Diagnostics;

namespace GroqKit.Telemetry;

/// <summary>What is told of one call. Made only when somebody listens; used by one thread at a time, and ended once.</summary>
internal sealed class OperationTelemetry
{
    private readonly CallObserver _observer;
    private readonly OperationKind _kind;
    private readonly Activity? _activity;
    private readonly bool _isBorrowed;
    private readonly bool _measuresGenAi;
    private readonly bool _wantsChunks;
    private readonly InferenceTags _tags;
    private long _lastChunkAt;

    public OperationTelemetry(CallObserver observer, OperationKind kind, string? model, bool streams, object? request)
    {
        _observer = observer;
        _kind = kind;
        _tags = new(kind.Name, model is null ? null : observer.MetricName(model), null, observer.Host, observer.Port);
        if (!kind.IsInference || observer.Spans is OperationSpans.Never)
            return;
        if (observer.Spans is OperationSpans.Auto && IsSame(Activity.Current, kind.Name, model))
        {
            _activity = Activity.Current;
            _isBorrowed = true;
        }
        else
        {
            _measuresGenAi = true;
            _activity = observer.StartActivity(kind.Name, model);
        }
        foreach (IInferenceInstruments instruments in observer.Instruments.GenAi)
            _wantsChunks |= _measuresGenAi && instruments.WantsChunks;
        if (_activity is not { IsAllDataRequested: true } activity)
            return;
        if (streams && !_isBorrowed)
            activity.Put(GenAiNames.RequestStream, true);
        if (request is not null)
            kind.DescribeRequest(activity, request, Style);
    }

    private SpanStyle Style => _observer.Style with { GenAi = !_isBorrowed };

    /// <summary>A piece of output came.</summary>
    public void Chunk()
    {
        if (!_wantsChunks)
            return;
        long now = _observer.Time.GetTimestamp();
        if (_lastChunkAt != 0)
        {
            TimeSpan since = _observer.Time.GetElapsedTime(_lastChunkAt, now);
            foreach (IInferenceInstruments instruments in _observer.Instruments.GenAi)
                instruments.NextChunk(_tags, since);
        }
        _lastChunkAt = now;
    }

    public void Retried(Exception failure) =>
        _observer.Instruments.Retried(_tags.RequestModel ?? "", ErrorTypes.Of(failure));

    /// <summary>A second attempt was sent beside one that is slow; nothing has failed, but it costs what a retry costs.</summary>
    public void Hedged() => _observer.Instruments.Retried(_tags.RequestModel ?? "", GenAiNames.Prometheus.Hedge);

    /// <param name="figures">What came, also of a call that failed.</param>
    /// <param name="duration">Of the whole call.</param>
    /// <param name="attempts">How many were sent.</param>
    /// <param name="answer">What was answered, as far as it got.</param>
    /// <param name="requestId">The server's id.</param>
    /// <param name="error">Null when the call succeeded.</param>
    public void End(
        in CallFigures figures,
        TimeSpan duration,
        int attempts,
        object? answer,
        string? requestId,
        Exception? error
    )
    {
        string? errorType = error is null ? null : ErrorTypes.Of(error);
        string status = errorType switch
        {
            null => "success",
            ErrorTypes.Cancelled => "cancelled",
            _ => "error",
        };
        // The first bytes of a file are no token.
        CallFigures told = _kind.IsInference ? figures : figures with { FirstToken = null };
        _observer.Instruments.Ended(_tags.RequestModel ?? "", _kind.Name, status, duration, told);
        if (_measuresGenAi)
            Measure(duration, figures, errorType);
        if (_activity is not { } activity)
            return;
        if (activity.IsAllDataRequested)
            Describe(activity, figures, attempts, answer, requestId, errorType);
        if (!_isBorrowed)
            Stop(activity);
    }

    // A stream may end while its reader is within a span of its own, which stopping ours must not take from it.
    private static void Stop(Activity activity)
    {
        Activity? current = Activity.Current;
        activity.Stop();
        if (current != activity)
            Activity.Current = current;
    }

    private void Measure(TimeSpan duration, CallFigures figures, string? errorType)
    {
        InferenceTags tags = _tags with
        {
            ResponseModel = figures.ResponseModel is { } served ? _observer.MetricName(served) : null,
        };
        if (figures.TokensByModel is { } models)
        {
            figures = figures with
            {
                TokensByModel = [.. models.Select(each => each with { Model = _observer.MetricName(each.Model) })],
            };
        }
        foreach (IInferenceInstruments instruments in _observer.Instruments.GenAi)
            instruments.Ended(tags, duration, figures, errorType);
    }

    private static bool IsSame(Activity? current, string operation, string? model) =>
        current is { IsStopped: false }
        && current.GetTagItem(GenAiNames.OperationName) is string outer
        && outer == operation
        && (current.GetTagItem(GenAiNames.RequestModel) as string) == model;

    private void Describe(
        Activity activity,
        in CallFigures figures,
        int attempts,
        object? answer,
        string? requestId,
        string? errorType
    )
    {
        activity.Put(GenAiNames.Groq.Attempts, attempts);
        if (requestId is not null)
            activity.Put(GenAiNames.Groq.ResponseRequestId, requestId);
        if (figures.TokensPerSecond is { } rate)
            activity.Put(GenAiNames.Groq.OutputRate, rate);
        if (figures.Chunks is { } chunks)
        {
            activity.Put(GenAiNames.Groq.StreamChunkCount, chunks);
            activity.Put(GenAiNames.Groq.StreamContentLength, figures.ContentLength);
        }
        if (figures.IsAbandoned)
            activity.Put(GenAiNames.Groq.StreamAbandoned, true);
        if (answer is not null)
            _kind.DescribeAnswer(activity, answer, Style);
        if (_isBorrowed)
            return;
        SetFigures(activity, figures);
        if (errorType is null)
            return;
        activity.Put(GenAiNames.ErrorType, errorType);
        if (errorType != ErrorTypes.Cancelled)
            activity.SetStatus(ActivityStatusCode.Error, ErrorTypes.Describe(errorType));
    }

    private static void SetFigures(Activity activity, in CallFigures figures)
    {
        if (figures.ResponseModel is not null)
            activity.Put(GenAiNames.ResponseModel, figures.ResponseModel);
        if (figures.FirstToken is { } first)
            activity.Put(GenAiNames.ResponseTimeToFirstChunk, first.TotalSeconds);
        if (figures.Tokens is not { } tokens)
            return;
        activity.Put(GenAiNames.UsageInputTokens, tokens.Input);
        if (tokens.Output is { } output)
            activity.Put(GenAiNames.UsageOutputTokens, output);
        if (tokens.Cached > 0)
            activity.Put(GenAiNames.UsageCacheReadInputTokens, tokens.Cached);
        if (tokens.Reasoning is { } reasoning)
            activity.Put(GenAiNames.UsageReasoningOutputTokens, reasoning);
    }
}

using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Http;

/// <summary>One call with all its attempts: what is sent, how long it may take, and what came of it.</summary>
internal sealed class ApiCall
{
    public required HttpMethod Method { get; init; }

    public required Uri Uri { get; init; }

    /// <summary>JSON, kept for every attempt; null without a body.</summary>
    public byte[]? Body { get; init; }

    /// <summary>A body that is made for every attempt, instead of <see cref="Body"/>.</summary>
    public RequestBody? Form { get; init; }

    /// <summary>What is expected to come back. Streams are left unread.</summary>
    public AnswerKind Answer { get; init; }

    /// <summary>Whether an answer that is an error is kept as it came, beside the exception.</summary>
    public bool KeepsRefusal { get; init; }

    public CallOptions? Options { get; init; }

    public required int MaxRetries { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public required TimeSpan TotalTimeout { get; init; }

    /// <summary>A timestamp of the client's clock.</summary>
    public required long StartedAt { get; init; }

    /// <summary>The longest silence within a stream.</summary>
    public TimeSpan IdleTimeout { get; init; }

    public CallSubject Subject { get; init; }

    /// <summary>Tells where a stream's output begins; null where that is not known.</summary>
    public Func<IOutputProbe>? Probe { get; init; }

    /// <summary>What the client keeps for the model that is called; null when none is.</summary>
    public ModelLane? Lane { get; init; }

    /// <summary>Null when nobody listens.</summary>
    public OperationTelemetry? Telemetry { get; set; }

    /// <summary>What the attempt under way holds of its lane; null between attempts.</summary>
    public LaneHold? Hold { get; set; }

    /// <summary>What the last retry took out of the budget.</summary>
    public int Paid { get; set; }

    public int Attempts { get; set; }

    public TimeSpan? NextDelay { get; set; }

    public HttpResponseMessage? Response { get; set; }

    /// <summary>The whole answer, unless it streams.</summary>
    public PooledBody Payload { get; set; }

    /// <summary>The last attempt's answer, when it was an error and is to be kept. Its body is in <see cref="RefusalBody"/>.</summary>
    public HttpResponseMessage? Refusal { get; set; }

    public byte[] RefusalBody { get; set; } = [];

    public TimeSpan Remaining(TimeProvider time) => TotalTimeout - time.GetElapsedTime(StartedAt);

    /// <summary>The same call, for an attempt beside others.</summary>
    public ApiCall Copy(int attempts, int paid)
    {
        var copy = (ApiCall)MemberwiseClone();
        copy.Attempts = attempts;
        copy.Paid = paid;
        return copy;
    }

    /// <summary>Takes over what a copy has come to.</summary>
    public void Adopt(ApiCall copy, int attempts)
    {
        Attempts = attempts;
        Response = copy.Response;
        Payload = copy.Payload;
        Hold = copy.Hold;
    }

    /// <summary>Nobody wants the answer any more.</summary>
    public void Discard()
    {
        Response?.Dispose();
        Payload.Dispose();
        Hold?.Abandoned();
        Hold = null;
    }

    /// <summary>The headers of a stream are there.</summary>
    public void Opened(ResponseMetadata metadata) => Hold?.Answered(metadata);

    /// <summary>The call ended well.</summary>
    public void Succeeded(in CallFigures figures, TimeSpan elapsed, ResponseMetadata metadata, object? answer)
    {
        Hold?.Succeeded(Answer is AnswerKind.Json or AnswerKind.Bytes ? metadata : null, figures.Tokens);
        Hold = null;
        Lane?.Latency.Add(figures.FirstToken, elapsed, figures.TokensPerSecond);
        Telemetry?.End(figures, elapsed, Attempts, answer, metadata.RequestId, error: null);
    }

    /// <summary>The reader of a stream left before its end.</summary>
    public void Abandoned(in CallFigures figures, TimeSpan elapsed, ResponseMetadata metadata, object? answer)
    {
        Hold?.Abandoned();
        Hold = null;
        Telemetry?.End(figures with { IsAbandoned = true }, elapsed, Attempts, answer, metadata.RequestId, error: null);
    }

    /// <summary>The call failed, or was cancelled.</summary>
    public void Failed(Exception error, in CallFigures figures, TimeSpan elapsed, object? answer = null)
    {
        Hold?.Failed(error);
        Hold = null;
        Telemetry?.End(figures, elapsed, Attempts, answer, (error as GroqException)?.RequestId, error);
    }
}

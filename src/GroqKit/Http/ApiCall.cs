namespace GroqKit.Http;

/// <summary>One call with all its attempts: what is sent, how long it may take, and what came of it.</summary>
internal sealed class ApiCall
{
    public required HttpMethod Method { get; init; }

    public required Uri Uri { get; init; }

    /// <summary>JSON, kept for every attempt; null without a body.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Whether the answer is a stream of events, to be left unread.</summary>
    public bool Streams { get; init; }

    public CallOptions? Options { get; init; }

    public required int MaxRetries { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public required TimeSpan TotalTimeout { get; init; }

    /// <summary>A timestamp of the client's clock.</summary>
    public required long StartedAt { get; init; }

    public int Attempts { get; set; }

    public TimeSpan? NextDelay { get; set; }

    public HttpResponseMessage? Response { get; set; }

    /// <summary>The whole answer, unless it streams.</summary>
    public PooledBody Payload { get; set; }

    public TimeSpan Remaining(TimeProvider time) => TotalTimeout - time.GetElapsedTime(StartedAt);
}

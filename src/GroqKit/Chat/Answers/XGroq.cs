namespace GroqKit.Chat;

/// <summary>Groq's own extras.</summary>
public sealed record XGroq : GroqObject
{
    /// <summary>The request id (<c>req_…</c>), as in the <c>x-request-id</c> header.</summary>
    public string? Id { get; set; }

    /// <summary>The seed that was used.</summary>
    public long? Seed { get; set; }

    /// <summary>In a stream: the usage. In a whole answer: cached tokens by memory.</summary>
    public ChatUsage? Usage { get; set; }

    /// <summary>Usage by model.</summary>
    public UsageBreakdown? UsageBreakdown { get; set; }

    /// <summary>In a stream: why it stopped early.</summary>
    public string? Error { get; set; }

    /// <summary>Token ids and texts, when asked for.</summary>
    public DebugData? Debug { get; set; }
}

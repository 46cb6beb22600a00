namespace GroqKit.Audio;

/// <summary>Groq's own extras.</summary>
public sealed record XGroqAudio : GroqObject
{
    /// <summary>The request id (<c>req_…</c>), as in the <c>x-request-id</c> header.</summary>
    public string? Id { get; set; }
}

using System.Net;
using GroqKit.Chat;

namespace GroqKit;

/// <summary>
/// Anything that went wrong with a call. The sealed kinds below say what; the properties here say the rest. A call that its own caller
/// cancelled ends in <see cref="OperationCanceledException"/> instead.
/// </summary>
public abstract class GroqException : Exception
{
    private readonly ErrorDetails _details;

    private protected GroqException(string message, ErrorDetails? details, Exception? innerException)
        : base(message, innerException)
    {
        _details = details ?? ErrorDetails.None;
    }

    /// <summary>All that is known, for an exception that stands for this one.</summary>
    internal ErrorDetails Details => _details;

    /// <summary>The HTTP status; null when there was no answer. For an error within a stream: the status that the call would have had.</summary>
    public HttpStatusCode? Status => _details.Status;

    /// <summary>The API's code, for example <c>model_not_found</c>.</summary>
    public string? Code => _details.Code;

    /// <summary>The API's type, for example <c>invalid_request_error</c>; for rate limits what was limited (<c>tokens</c>, <c>requests</c>).</summary>
    public string? Type => _details.Type;

    /// <summary>The parameter at fault, for example <c>messages[2].content</c>.</summary>
    public string? Parameter => _details.Parameter;

    /// <summary>The server's id of the request.</summary>
    public string? RequestId => _details.RequestId;

    /// <summary>Whether the same request may succeed later. The client has already retried as often as it was allowed to.</summary>
    public bool IsRetryable => _details.IsRetryable;

    /// <summary>How long the server, or an open circuit, asks to wait.</summary>
    public TimeSpan? RetryAfter => _details.RetryAfter;

    /// <summary>The raw body of the answer, cut at 64 K characters; null when there was none.</summary>
    public string? Body => _details.Body;

    /// <summary>What the model wrote when a tool call or JSON answer failed; may be empty.</summary>
    public string? FailedGeneration => _details.FailedGeneration;

    /// <summary>Where the API's check of a schema failed; null when the error is about something else.</summary>
    public SchemaFault? SchemaFault => _details.SchemaFault;

    /// <summary>The tokens that went in and came out; null unless the request asked for them (<see cref="ChatRequest.Debug"/>) and the API told.</summary>
    public DebugData? Debug => _details.Debug;

    /// <summary>The rate limits that the answer reported; null when there was no answer.</summary>
    public RateLimits? RateLimits => _details.RateLimits;

    /// <summary>How many attempts were sent. 0: nothing was.</summary>
    public int Attempts { get; internal set; }
}

namespace GroqKit.Responses;

/// <summary>Why a response failed.</summary>
public sealed record ResponseError : GroqObject
{
    /// <summary>A word, such as <c>server_error</c> or <c>rate_limit_exceeded</c>.</summary>
    public string? Code { get; set; }

    /// <summary>For people.</summary>
    public string? Message { get; set; }
}

using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace GroqKit;

/// <summary>How <see cref="ChatOptions"/> become a request.</summary>
public sealed record GroqChatClientOptions
{
    /// <summary>
    /// Whether keys of <see cref="ChatOptions.AdditionalProperties"/> that are no parameter known to this version are sent. Default false: the
    /// same bag carries notes between other parts of a pipeline, and Groq refuses what it does not know.
    /// </summary>
    public bool SendUnknownProperties { get; init; }

    /// <summary>Told at debug level, once, of an option that Groq has no parameter for. Default: nobody is.</summary>
    public ILogger? Logger { get; init; }
}

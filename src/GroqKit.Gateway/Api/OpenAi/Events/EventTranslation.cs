using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Events;

/// <summary>What a provider's events mean, and what the caller gets for them. One for each attempt.</summary>
internal abstract class EventTranslation
{
    /// <summary>The largest figures found.</summary>
    public TokenUsage Usage { get; protected set; }

    public string? FinishReason { get; protected set; }

    /// <summary>Bytes that the model wrote.</summary>
    public long OutputBytes { get; protected set; }

    /// <summary>Takes one event.</summary>
    /// <exception cref="GatewayException">It is an error, or can't be read.</exception>
    public abstract void Take(string type, ReadOnlyMemory<byte> data, EventOutput output);

    /// <summary>The provider closed its side.</summary>
    /// <returns>False when the answer isn't whole.</returns>
    public abstract bool End(EventOutput output);
}

using GroqKit.Providers.Choosing;

namespace GroqKit.Gateway.Services.Chat;

/// <summary>What the gateway needs to know of a chat request; the rest stays bytes.</summary>
/// <param name="ModelValue">Where the model's JSON value lies in the body, quotes included.</param>
/// <param name="UnescapedModel">The model's name where its JSON value has escapes; otherwise null.</param>
/// <param name="Stream">Whether the caller wants a stream.</param>
/// <param name="HasImages">Whether any message has an image part.</param>
/// <param name="PromptBytes">Length of the <c>messages</c> value.</param>
/// <param name="MaxCompletionTokens">The most the caller wants; null leaves it to the model.</param>
/// <param name="Choices">How many answers the caller wants.</param>
/// <param name="MessagesEnd">Where the closing bracket of <c>messages</c> stands.</param>
/// <param name="Usage">Whether a stream is to end with what it used, and how to make it so.</param>
/// <param name="User">The caller's own user, as the caller names it.</param>
internal readonly record struct ChatRequest(
    Range ModelValue,
    byte[]? UnescapedModel,
    bool Stream,
    bool HasImages,
    int PromptBytes,
    long? MaxCompletionTokens,
    int Choices,
    int MessagesEnd,
    UsageOption Usage,
    string? User
)
{
    /// <summary>Whether it has parameters that some provider refuses.</summary>
    public bool HasUnshared { get; init; }

    /// <summary>Whether it describes functions for the model to call.</summary>
    public bool HasFunctions { get; init; }

    /// <summary>Whether the answer has to follow a schema.</summary>
    public bool HasSchema { get; init; }

    /// <summary>What not every model can do; null for a request that every model can.</summary>
    public RequestTraits? Traits =>
        HasImages || HasFunctions || HasSchema
            ? new RequestTraits
            {
                NeedsVision = HasImages,
                NeedsTools = HasFunctions,
                NeedsSchema = HasSchema,
            }
            : null;

    /// <summary>Whether the request names a model.</summary>
    public bool HasModel => !ModelValue.Equals(default);

    /// <summary>The model's name as UTF-8.</summary>
    public ReadOnlySpan<byte> ModelIn(ReadOnlySpan<byte> body) => UnescapedModel ?? body[ModelValue][1..^1];
}

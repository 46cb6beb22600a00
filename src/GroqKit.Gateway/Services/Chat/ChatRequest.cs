namespace GroqKit.Gateway.Services.Chat;

/// <summary>What the gateway needs to know of a chat request; the rest stays bytes.</summary>
/// <param name="ModelValue">Where the model's JSON value lies in the body, quotes included.</param>
/// <param name="UnescapedModel">The model's name where its JSON value has escapes; otherwise null.</param>
/// <param name="Stream">Whether the caller wants a stream.</param>
/// <param name="HasImages">Whether any message has an image part.</param>
/// <param name="PromptBytes">Length of the <c>messages</c> value.</param>
internal readonly record struct ChatRequest(
    Range ModelValue,
    byte[]? UnescapedModel,
    bool Stream,
    bool HasImages,
    int PromptBytes
)
{
    /// <summary>Whether the request names a model.</summary>
    public bool HasModel => !ModelValue.Equals(default);

    /// <summary>The model's name as UTF-8.</summary>
    public ReadOnlySpan<byte> ModelIn(ReadOnlySpan<byte> body) => UnescapedModel ?? body[ModelValue][1..^1];
}

namespace GroqKit.Chat;

/// <summary>
/// Writes a <see cref="ChatRequest"/> as a chain. Every step makes a new builder, so that a common beginning may be kept and shared. Safe for all threads.
/// </summary>
public sealed class ChatRequestBuilder
{
    private readonly ChatRequest _request;

    internal ChatRequestBuilder(ChatRequest request) => _request = request;

    /// <summary>Adds instructions to the model.</summary>
    /// <param name="text">The instructions.</param>
    public ChatRequestBuilder System(string text) => Message(ChatMessage.System(text));

    /// <summary>Adds what the user says.</summary>
    /// <param name="text">The text.</param>
    public ChatRequestBuilder User(string text) => Message(ChatMessage.User(text));

    /// <summary>Adds what the user says and shows.</summary>
    /// <param name="parts">Text, images and documents.</param>
    public ChatRequestBuilder User(params ContentPart[] parts) => Message(ChatMessage.User(parts));

    /// <summary>Adds what the model said, or shall continue.</summary>
    /// <param name="text">The text.</param>
    public ChatRequestBuilder Assistant(string text) => Message(ChatMessage.Assistant(text));

    /// <summary>Adds messages.</summary>
    /// <param name="messages">The messages, in order.</param>
    public ChatRequestBuilder Message(params IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return With(request => request with { Messages = [.. request.Messages, .. messages] });
    }

    /// <summary>Sets the randomness, 0 to 2.</summary>
    /// <param name="value">Groq turns 0 into 1e-8.</param>
    public ChatRequestBuilder Temperature(double value) => With(request => request with { Temperature = value });

    /// <summary>Sets the probability mass to sample from, 0 to 1.</summary>
    /// <param name="value">The mass.</param>
    public ChatRequestBuilder TopP(double value) => With(request => request with { TopP = value });

    /// <summary>Sets the most tokens to generate, thinking included.</summary>
    /// <param name="value">At least 1.</param>
    public ChatRequestBuilder MaxCompletionTokens(int value) =>
        With(request => request with { MaxCompletionTokens = value });

    /// <summary>Sets the texts at which to stop.</summary>
    /// <param name="texts">At most 4.</param>
    public ChatRequestBuilder Stop(params string[] texts) => With(request => request with { Stop = texts });

    /// <summary>Sets the seed.</summary>
    /// <param name="value">For repeatable sampling, as well as Groq can.</param>
    public ChatRequestBuilder Seed(long value) => With(request => request with { Seed = value });

    /// <summary>Adds tools.</summary>
    /// <param name="tools">At most 128 in all.</param>
    public ChatRequestBuilder Tools(params IEnumerable<ChatTool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return With(request => request with { Tools = [.. request.Tools ?? [], .. tools] });
    }

    /// <summary>Sets whether and which tool must be used.</summary>
    /// <param name="choice">The choice.</param>
    public ChatRequestBuilder ToolChoice(ToolChoice choice) => With(request => request with { ToolChoice = choice });

    /// <summary>Sets the form of the answer; for a C# type see <see cref="StructuredOutput"/>.</summary>
    /// <param name="format">Text, JSON, or JSON by a schema.</param>
    public ChatRequestBuilder Format(ResponseFormat format) =>
        With(request => request with { ResponseFormat = format });

    /// <summary>Sets how much to think.</summary>
    /// <param name="effort">The effort.</param>
    public ChatRequestBuilder Reasoning(ReasoningEffort effort) =>
        With(request => request with { ReasoningEffort = effort });

    /// <summary>Sets how the call is queued and paid.</summary>
    /// <param name="tier">The tier.</param>
    public ChatRequestBuilder ServiceTier(ServiceTier tier) => With(request => request with { ServiceTier = tier });

    /// <summary>Sets anything else.</summary>
    /// <param name="change">Gets the request so far and returns the changed one.</param>
    public ChatRequestBuilder With(Func<ChatRequest, ChatRequest> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        ChatRequest changed =
            change(_request) ?? throw new ArgumentException("The change returned no request.", nameof(change));
        return new ChatRequestBuilder(changed);
    }

    /// <summary>The request, checked as if it were sent.</summary>
    /// <exception cref="GroqValidationException">The request cannot succeed; the exception names the parameter.</exception>
    public ChatRequest Build()
    {
        ChatRequestRules.Check(_request);
        return _request;
    }
}

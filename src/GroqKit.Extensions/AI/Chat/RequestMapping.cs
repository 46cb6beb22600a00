using GroqKit.Catalog;
using GroqKit.Chat;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>
/// Makes a request of messages and options. A field is taken from the caller's own request object if that sets it, else from the option, else
/// from the additional properties. The caller's objects are only read.
/// </summary>
internal sealed partial class RequestMapping(string? defaultModel, GroqChatClientOptions settings)
{
    private int _hasToldOfTopK;

    /// <summary>What can be known to fail before anything is asked of the caller's messages.</summary>
    /// <exception cref="NotSupportedException">The options resume an answer.</exception>
    /// <exception cref="GroqValidationException">No model is named.</exception>
    public void Check(ChatOptions? options)
    {
        if (options?.ContinuationToken is not null)
        {
            throw new NotSupportedException(
                $"{nameof(ChatOptions)}.{nameof(ChatOptions.ContinuationToken)}: Groq's chat keeps no answer that could be resumed."
            );
        }
        if (options?.RawRepresentationFactory is null && FindModel(options) is null)
            throw MissingModel();
    }

    /// <param name="client">Whom the caller's own request is made for.</param>
    /// <param name="messages">What was said.</param>
    /// <param name="options">What is wished.</param>
    /// <exception cref="NotSupportedException">Something has no place at Groq, and would be lost.</exception>
    /// <exception cref="GroqValidationException">No model is named, or a field has a value that is none for it.</exception>
    public ChatRequest Map(IChatClient client, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        Check(options);
        var own = options?.RawRepresentationFactory?.Invoke(client) as ChatRequest;
        string id = string.IsNullOrEmpty(own?.Model) ? FindModel(options) ?? throw MissingModel() : own.Model;
        CatalogModel? model = ModelCatalog.Default.Find(id);
        var said = new List<GroqChatMessage>();
        ChatRequest request = Map(options, id, model, said);
        if (own is not null || options?.AdditionalProperties is { Count: > 0 })
        {
            request = RequestLayers.Merge(
                AdditionalFields.ReadChat(options?.AdditionalProperties, settings.SendUnknownProperties),
                request,
                own
            );
        }
        (request, string? format) = FormatMapping.Settle(request, model);
        said.AddRange(own?.Messages ?? []);
        AddSystem(options?.Instructions, said);
        AddSystem(format, said);
        MessageMapping.Map(messages, id, said);
        // A request is large: the usual one is not copied to put the messages in.
        return ReferenceEquals(request.Messages, said) ? request : request with { Model = id, Messages = said };
    }

    private ChatRequest Map(ChatOptions? options, string id, CatalogModel? model, List<GroqChatMessage> said)
    {
        if (options is null)
            return new ChatRequest { Model = id, Messages = said };
        if (options.TopK is not null)
            TellOfTopK();
        var request = new ChatRequest
        {
            Model = id,
            Messages = said,
            Temperature = Numbers.Shortest(options.Temperature),
            TopP = Numbers.Shortest(options.TopP),
            FrequencyPenalty = Numbers.Shortest(options.FrequencyPenalty),
            PresencePenalty = Numbers.Shortest(options.PresencePenalty),
            MaxCompletionTokens = options.MaxOutputTokens,
            Seed = options.Seed,
            Stop = options.StopSequences is { Count: > 0 } stops ? [.. stops] : null,
            ResponseFormat = FormatMapping.Map(options),
        };
        request = ReasoningMapping.Apply(request, options.Reasoning, model);
        return ToolMapping.Apply(request, options, model);
    }

    private string? FindModel(ChatOptions? options) =>
        string.IsNullOrWhiteSpace(options?.ModelId) ? defaultModel : options.ModelId;

    private static GroqValidationException MissingModel() =>
        Unsupported.Missing("model", "name it when the chat client is made, or in ChatOptions.ModelId.");

    private static void AddSystem(string? text, List<GroqChatMessage> to)
    {
        if (!string.IsNullOrEmpty(text))
            to.Add(GroqChatMessage.System(text));
    }

    private void TellOfTopK()
    {
        if (settings.Logger is { } logger && Interlocked.Exchange(ref _hasToldOfTopK, 1) == 0)
            TopKIsIgnored(logger);
    }

    [LoggerMessage(1, LogLevel.Debug, "ChatOptions.TopK is ignored: Groq has no such parameter.")]
    private static partial void TopKIsIgnored(ILogger logger);
}

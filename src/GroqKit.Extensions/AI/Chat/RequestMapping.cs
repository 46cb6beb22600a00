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

    public ChatRequest Map(IChatClient client, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        Check(options);
        var own = options?.RawRepresentationFactory?.Invoke(client) as ChatRequest;
        string id = string.IsNullOrEmpty(own?.Model) ? FindModel(options) ?? throw MissingModel() : own.Model;
        CatalogModel? model = ModelCatalog.Default.Find(id);
        ChatRequest request = Map(options, id, model);
        if (own is not null || options?.AdditionalProperties is { Count: > 0 })
        {
            request = RequestLayers.Merge(
                AdditionalFields.ReadChat(options?.AdditionalProperties, settings.SendUnknownProperties),
                request,
                own
            );
        }
        (request, string? format) = FormatMapping.Settle(request, model);
        return request with
        {
            Model = id,
            Messages =
            [
                .. own?.Messages ?? [],
                .. System(options?.Instructions),
                .. System(format),
                .. new MessageMapping(id).Map(messages),
            ],
        };
    }

    private ChatRequest Map(ChatOptions? options, string id, CatalogModel? model)
    {
        var request = new ChatRequest { Model = id, Messages = [] };
        if (options is null)
            return request;
        if (options.TopK is not null)
            TellOfTopK();
        request = request with
        {
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

    private static GroqChatMessage[] System(string? text) =>
        string.IsNullOrEmpty(text) ? [] : [GroqChatMessage.System(text)];

    private void TellOfTopK()
    {
        if (settings.Logger is { } logger && Interlocked.Exchange(ref _hasToldOfTopK, 1) == 0)
            TopKIsIgnored(logger);
    }

    [LoggerMessage(1, LogLevel.Debug, "ChatOptions.TopK is ignored: Groq has no such parameter.")]
    private static partial void TopKIsIgnored(ILogger logger);
}

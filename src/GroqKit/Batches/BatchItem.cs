using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Batches;

/// <summary>One request of a batch.</summary>
public sealed class BatchItem
{
    private BatchItem(string customId, BatchEndpoint endpoint, ChatRequest? chat, JsonElement body)
    {
        CustomId = customId;
        Endpoint = endpoint;
        Chat = chat;
        Body = body;
    }

    /// <summary>Joins a request and its result; unique within the batch.</summary>
    public string CustomId { get; }

    /// <summary>Where the request goes.</summary>
    public BatchEndpoint Endpoint { get; }

    /// <summary>The request, when it is a chat; else null.</summary>
    public ChatRequest? Chat { get; }

    /// <summary>The request, when it is not a chat; else undefined.</summary>
    public JsonElement Body { get; }

    /// <summary>A chat. It must not set a service tier or stream options, which a batch does not take.</summary>
    /// <param name="customId">Unique within the batch.</param>
    /// <param name="request">The request.</param>
    public static BatchItem FromChat(string customId, ChatRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new BatchItem(customId, BatchEndpoint.ChatCompletions, request, default);
    }

    /// <summary>Any other request, such as a transcription, whose audio is given by <c>url</c>.</summary>
    /// <param name="customId">Unique within the batch.</param>
    /// <param name="endpoint">Where it goes.</param>
    /// <param name="body">The request as a JSON object.</param>
    public static BatchItem FromBody(string customId, BatchEndpoint endpoint, JsonElement body) =>
        new(customId, endpoint, null, body);
}

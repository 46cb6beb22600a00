using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Errors;
using GroqKit.Models;

namespace GroqKit.Batches;

/// <summary>What a line of a batch must look like. Each rule names the request by its position.</summary>
internal static class BatchItemRules
{
    private static readonly string[] Forbidden = ["service_tier", "file", "stream", "stream_options"];

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(BatchItem? item, int position)
    {
        string path = $"requests[{position}]";
        if (item is null)
            throw Rules.Invalid(path, "must not be null.");
        Rules.CheckText($"{path}.custom_id", item.CustomId);
        Rules.CheckText($"{path}.url", item.Endpoint.Value);
        try
        {
            if (item.Chat is { } chat)
                Check(chat);
            else
                Check(item.Body, item.Endpoint);
        }
        catch (GroqValidationException error)
        {
            throw new GroqValidationException(
                $"{path}.body.{error.Message}",
                new ErrorDetails { Parameter = $"{path}.body.{error.Parameter}" },
                error
            );
        }
    }

    private static void Check(ChatRequest chat)
    {
        ChatRequestRules.Check(chat);
        if (chat.ServiceTier is not null)
            throw Forbid("service_tier");
        if (chat.StreamOptions is not null)
            throw Forbid("stream_options");
        foreach (string name in Forbidden)
        {
            if (chat.ExtraBody?.ContainsKey(name) == true)
                throw Forbid(name);
        }
    }

    private static void Check(JsonElement body, BatchEndpoint endpoint)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Rules.Invalid("model", "is missing: the body must be a JSON object.");
        foreach (string name in Forbidden)
        {
            if (body.TryGetProperty(name, out _))
                throw Forbid(name);
        }
        ModelName.Check(Text(body, "model"), "model");
        if (endpoint != BatchEndpoint.ChatCompletions && BatchEndpoint.Known.Contains(endpoint))
            Rules.CheckText("url", Text(body, "url"));
    }

    private static GroqValidationException Forbid(string name) => Rules.Invalid(name, "is not taken within a batch.");

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

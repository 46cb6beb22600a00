using System.Buffers;
using System.Text.Json;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Translation.Completions;

/// <summary>Words a legacy completion as a chat of one message, for providers that have no completions.</summary>
internal static class CompletionToChat
{
    private static readonly (string Theirs, string Ours)[] SameMeaning =
    [
        ("max_tokens", "max_completion_tokens"),
        ("temperature", "temperature"),
        ("top_p", "top_p"),
        ("stop", "stop"),
        ("seed", "seed"),
        ("n", "n"),
        ("user", "user"),
        ("stream", "stream"),
        ("stream_options", "stream_options"),
        ("frequency_penalty", "frequency_penalty"),
        ("presence_penalty", "presence_penalty"),
    ];

    /// <returns>The chat, and the parameters that it has no place for.</returns>
    /// <exception cref="GatewayException">The prompt is not one text.</exception>
    public static (byte[] Chat, IReadOnlyList<string> Dropped) Write(JsonRequest request, string model)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, model);
            json.WriteStartArray("messages"u8);
            json.WriteStartObject();
            json.WriteString("role"u8, "user"u8);
            json.WriteString("content"u8, PromptOf(request));
            json.WriteEndObject();
            json.WriteEndArray();
            foreach ((string theirs, string ours) in SameMeaning)
            {
                if (request.Find(theirs) is not { } member)
                    continue;
                json.WritePropertyName(ours);
                json.WriteRawValue(member.Value.Span, skipInputValidation: true);
            }
            json.WriteEndObject();
        }
        string[] dropped =
        [
            .. request
                .Members.Where(member => !member.Value.Span.SequenceEqual("null"u8))
                .Select(member => member.Name)
                .Where(name =>
                    name is not ("model" or "prompt")
                    && !Array.Exists(SameMeaning, pair => pair.Theirs == name)
                    && ParameterFit.IsPlain(name)
                ),
        ];
        return (buffer.WrittenSpan.ToArray(), dropped);
    }

    private static string PromptOf(JsonRequest request)
    {
        if (request.Text("prompt") is { } text)
            return text;
        using JsonDocument prompts = JsonDocument.Parse(request.Find("prompt")!.Value.Value);
        return prompts.RootElement.GetArrayLength() == 1 && prompts.RootElement[0].ValueKind == JsonValueKind.String
            ? prompts.RootElement[0].GetString()!
            : throw RequestErrors.WrongValue("prompt", "must be one text for this provider, which has chats only");
    }
}

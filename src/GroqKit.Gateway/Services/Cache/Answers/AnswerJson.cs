using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Services.Cache.Answers;

/// <summary>Tells answers that may be repeated from those that may not: only ones that ended by themselves are whole.</summary>
internal static class AnswerJson
{
    public const string Finished = "stop";

    /// <summary>Whether it is a whole answer, not an error, and no choice was cut or filtered.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return JsonNode.Parse(ref reader) is JsonObject answer
                && answer["error"] is null
                && answer["x_groq"]?["error"] is null
                && answer["choices"] is JsonArray { Count: > 0 } choices
                && choices.All(choice => (string?)choice?["finish_reason"] == Finished);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}

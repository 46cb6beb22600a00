using System.Text.Json;
using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>What Groq says when it was asked for JSON and the model ran out of tokens within it, or wrote something else.</summary>
internal static class JsonFailure
{
    /// <summary>The error in place of the answer; null when the answer is as it should be.</summary>
    public static ApiError? Of(ChatRequest request, ChatAnswer answer)
    {
        string text = answer.Content ?? "";
        if (!request.Format.IsJson || answer.Calls.Count > 0 || IsJson(text))
            return null;
        string message = request.Format.Schema is null
            ? "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details."
            : "Generated JSON does not match the expected schema. Please adjust your prompt. See 'failed_generation' for more details.";
        return ApiErrors.GenerationFailed(message, "json_validate_failed", text);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

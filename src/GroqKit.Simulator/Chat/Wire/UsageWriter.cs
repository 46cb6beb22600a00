using System.Text.Json;

namespace GroqKit.Simulator.Chat.Wire;

/// <summary>Writes <c>usage</c>. The times follow from the counts, so that they repeat too.</summary>
internal static class UsageWriter
{
    private const double QueueSeconds = 0.002;
    private const double PromptTokensPerSecond = 20_000;
    private const double UsualTokensPerSecond = 500;

    /// <summary>Usage by model, which only systems of several models have.</summary>
    public static void WriteBreakdown(Utf8JsonWriter json, AnswerFrame frame)
    {
        if (!frame.Model.IsCompound)
        {
            json.WriteNull("usage_breakdown"u8);
            return;
        }

        json.WriteStartObject("usage_breakdown"u8);
        json.WriteStartArray("models"u8);
        json.WriteStartObject();
        json.WriteString("model"u8, "openai/gpt-oss-120b"u8);
        json.WritePropertyName("usage"u8);
        Write(json, frame);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AnswerFrame frame)
    {
        var tokens = frame.Answer.Tokens;
        bool isScore = frame.Model.ScoresInjection;
        double prompt = Math.Round(tokens.Prompt / PromptTokensPerSecond, 9);
        double completion = Math.Round(tokens.Completion / (frame.Model.TokensPerSecond ?? UsualTokensPerSecond), 9);
        json.WriteStartObject();
        json.WriteNumber("queue_time"u8, QueueSeconds);
        json.WriteNumber("prompt_tokens"u8, tokens.Prompt);
        json.WriteNumber("prompt_time"u8, prompt);
        json.WriteNumber("completion_tokens"u8, tokens.Completion);
        json.WriteNumber("completion_time"u8, completion);
        // A guard model's total is recorded as zero although it read the prompt.
        json.WriteNumber("total_tokens"u8, isScore ? 0 : tokens.Total);
        json.WriteNumber("total_time"u8, Math.Round(prompt + completion, 9));
        if (tokens.Reasoning > 0)
        {
            json.WriteStartObject("completion_tokens_details"u8);
            json.WriteNumber("reasoning_tokens"u8, tokens.Reasoning);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}

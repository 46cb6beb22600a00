using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.Wire;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>Writes a completion that is sent in one piece, and its usage.</summary>
internal static class OpenAiCompletionWriter
{
    public static void Write(Utf8JsonWriter json, OpenAiFrame frame)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, frame.Id);
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, frame.Created);
        json.WriteString("model"u8, frame.Model);
        json.WriteStartArray("choices"u8);
        for (int i = 0; i < frame.Answers.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, i);
            WriteMessage(json, frame.Answers[i]);
            json.WriteNull("logprobs"u8);
            json.WriteString("finish_reason"u8, frame.Answers[i].FinishReason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        WriteUsage(json, frame.Tokens);
        json.WriteString("service_tier"u8, "default"u8);
        json.WriteString("system_fingerprint"u8, frame.Fingerprint);
        json.WriteEndObject();
    }

    public static void WriteUsage(Utf8JsonWriter json, TokenCounts tokens)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens"u8, tokens.Prompt);
        json.WriteNumber("completion_tokens"u8, tokens.Completion);
        json.WriteNumber("total_tokens"u8, tokens.Total);
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, 0);
        json.WriteNumber("audio_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, tokens.Reasoning);
        json.WriteNumber("audio_tokens"u8, 0);
        json.WriteNumber("accepted_prediction_tokens"u8, 0);
        json.WriteNumber("rejected_prediction_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatAnswer answer)
    {
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, answer.Content);
        if (answer.FinishReason is "function_call")
        {
            json.WritePropertyName("function_call"u8);
            CompletionWriter.WriteFunction(json, answer.Calls[0]);
        }
        else if (answer.Calls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (ToolCall call in answer.Calls)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, call.Id);
                json.WriteString("type"u8, "function"u8);
                json.WritePropertyName("function"u8);
                CompletionWriter.WriteFunction(json, call);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteNull("refusal"u8);
        json.WriteStartArray("annotations"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

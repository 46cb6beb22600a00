using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Translation.Chat;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Completions;

/// <summary>Turns a chat, whole or streamed, into a legacy completion.</summary>
internal sealed class ChatAsCompletion(string provider, string id, string model, long createdAt, bool wantsUsage)
    : EventTranslation
{
    /// <summary>Writes a whole answer.</summary>
    /// <exception cref="GatewayException">It can't be read.</exception>
    public void WriteWhole(Utf8JsonWriter json, ReadOnlyMemory<byte> answer)
    {
        ChatDelta delta = Read(answer, out ChunkFacts facts);
        Note(facts);
        Write(json, delta, Usage);
    }

    public override void Take(string type, ReadOnlyMemory<byte> data, EventOutput output)
    {
        if (data.Span.StartsWith("[DONE]"u8))
        {
            output.IsDone = End(output);
            return;
        }
        ChatDelta delta = Read(data, out ChunkFacts facts);
        if (facts.HasError || type == "error")
            throw ProviderError.FromEvent(data, provider);
        Note(facts);
        if (delta.Text.Length == 0 && delta.FinishReason is null)
            return;
        output.HasOutput |= delta.Text.Length > 0;
        OutputBytes += delta.Text.Length;
        output.Write(null, json => Write(json, delta, usage: null));
    }

    public override bool End(EventOutput output)
    {
        if (FinishReason is null)
            return false;
        if (wantsUsage)
            output.Write(null, json => Write(json, null, Usage));
        output.Write(null, "[DONE]"u8);
        return true;
    }

    private ChatDelta Read(ReadOnlyMemory<byte> json, out ChunkFacts facts)
    {
        try
        {
            if (!ChunkReader.TryRead(json.Span, out facts))
                throw UpstreamErrors.Malformed(provider);
            return facts.HasError ? new ChatDelta() : ChatDeltaReader.Read(json);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw UpstreamErrors.Malformed(provider, unreadable);
        }
    }

    private void Note(ChunkFacts facts)
    {
        Usage = Usage.Larger(facts.Usage);
        FinishReason = facts.FinishReason ?? FinishReason;
    }

    private void Write(Utf8JsonWriter json, ChatDelta? delta, TokenUsage? usage)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, createdAt);
        json.WriteString("model"u8, model);
        json.WriteStartArray("choices"u8);
        if (delta is not null)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteString("text"u8, delta.Text);
            json.WriteNull("logprobs"u8);
            json.WriteString("finish_reason"u8, delta.FinishReason is "tool_calls" ? "stop" : delta.FinishReason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (usage is { IsEmpty: false } tokens)
        {
            json.WriteStartObject("usage"u8);
            json.WriteNumber("prompt_tokens"u8, tokens.Prompt);
            json.WriteNumber("completion_tokens"u8, tokens.Completion);
            json.WriteNumber("total_tokens"u8, tokens.Total);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}

using System.Text.Json;
using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Translation.Chat;
using GroqKit.Gateway.Services.Translation.Responses;

namespace GroqKit.Gateway.Api.OpenAi.Responses;

/// <summary>Turns a chat, whole or streamed, into a response and its events.</summary>
internal sealed class ChatAsResponse(string provider, ResponseFrame frame) : EventTranslation
{
    private ResponseItem? _open;
    private int _place = -1;
    private int _sequence;
    private bool _begun;

    /// <summary>Takes a whole answer in.</summary>
    /// <exception cref="GatewayException">It can't be read.</exception>
    public void TakeWhole(ReadOnlyMemory<byte> answer)
    {
        ChatDelta delta = Read(answer, out ChunkFacts facts);
        Note(facts);
        if (delta.Reasoning.Length > 0)
            frame.Add(ResponseItem.Reasoning).Append(delta.Reasoning);
        if (delta.Text.Length > 0 || delta.Calls.Count == 0)
            frame.Add(ResponseItem.Message).Append(delta.Text);
        foreach ((_, ToolUse call) in delta.Calls)
            frame.Add(ResponseItem.Call, call.Id, call.Name).Append(call.Arguments);
        frame.FinishReason = delta.FinishReason;
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
        if (!_begun)
        {
            _begun = true;
            Send(output, "response.created", json => WriteResponse(json, isBegun: true));
            Send(output, "response.in_progress", json => WriteResponse(json, isBegun: true));
        }
        if (delta.Reasoning.Length > 0)
            Append(output, ResponseItem.Reasoning, delta.Reasoning);
        if (delta.Text.Length > 0)
            Append(output, ResponseItem.Message, delta.Text);
        foreach ((int place, ToolUse part) in delta.Calls)
            AppendCall(output, place, part);
        FinishReason = frame.FinishReason = delta.FinishReason ?? frame.FinishReason;
    }

    public override bool End(EventOutput output)
    {
        if (frame.FinishReason is null)
            return false;
        if (frame.Items.Count == 0)
            Open(output, ResponseItem.Message, new ToolUse("", "", ""));
        Close(output);
        frame.Usage = Usage;
        Send(output, "response." + frame.Status, json => WriteResponse(json, isBegun: false));
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
        Usage = frame.Usage = Usage.Larger(facts.Usage);
        FinishReason = facts.FinishReason ?? FinishReason;
    }

    private void Append(EventOutput output, string kind, string text)
    {
        if (_open?.Kind != kind)
        {
            Close(output);
            Open(output, kind, new ToolUse("", "", ""));
        }
        Delta(output, text, kind == ResponseItem.Message ? "response.output_text" : "response.reasoning_text");
    }

    private void AppendCall(EventOutput output, int place, ToolUse part)
    {
        if (_open?.Kind != ResponseItem.Call || place != _place)
        {
            Close(output);
            Open(output, ResponseItem.Call, part);
            _place = place;
        }
        if (part.Arguments.Length > 0)
            Delta(output, part.Arguments, "response.function_call_arguments");
    }

    private void Open(EventOutput output, string kind, ToolUse call)
    {
        _open = frame.Add(kind, call.Id, call.Name);
        ResponseItem item = _open;
        output.HasOutput = true;
        Send(output, "response.output_item.added", json => WriteItem(json, item, "in_progress"));
        if (item.PartType is not null)
            Send(output, "response.content_part.added", json => WritePart(json, item, ""));
    }

    private void Delta(EventOutput output, string text, string name)
    {
        ResponseItem item = _open!;
        item.Append(text);
        OutputBytes += text.Length;
        Send(
            output,
            name + ".delta",
            json =>
            {
                WritePlace(json, item);
                json.WriteString("delta"u8, text);
                if (item.Kind == ResponseItem.Message)
                {
                    json.WriteStartArray("logprobs"u8);
                    json.WriteEndArray();
                }
            }
        );
    }

    private void Close(EventOutput output)
    {
        if (_open is not { } item)
            return;
        (string name, string member) = item.Kind switch
        {
            ResponseItem.Message => ("response.output_text.done", "text"),
            ResponseItem.Call => ("response.function_call_arguments.done", "arguments"),
            _ => ("response.reasoning_text.done", "text"),
        };
        Send(
            output,
            name,
            json =>
            {
                WritePlace(json, item);
                json.WriteString(member, item.Text);
                if (item.Kind == ResponseItem.Message)
                {
                    json.WriteStartArray("logprobs"u8);
                    json.WriteEndArray();
                }
            }
        );
        if (item.PartType is not null)
            Send(output, "response.content_part.done", json => WritePart(json, item, item.Text));
        Send(output, "response.output_item.done", json => WriteItem(json, item, "completed"));
        _open = null;
    }

    private void WritePart(Utf8JsonWriter json, ResponseItem item, string text)
    {
        WritePlace(json, item);
        json.WritePropertyName("part"u8);
        item.WritePart(json, text);
    }

    private void WriteItem(Utf8JsonWriter json, ResponseItem item, string status)
    {
        json.WriteNumber("output_index"u8, IndexOf(item));
        json.WritePropertyName("item"u8);
        item.Write(json, status);
    }

    private void WritePlace(Utf8JsonWriter json, ResponseItem item)
    {
        json.WriteString("item_id"u8, item.Id);
        json.WriteNumber("output_index"u8, IndexOf(item));
        if (item.PartType is not null)
            json.WriteNumber("content_index"u8, 0);
    }

    private int IndexOf(ResponseItem item) => frame.Items.ToList().IndexOf(item);

    private void WriteResponse(Utf8JsonWriter json, bool isBegun)
    {
        json.WritePropertyName("response"u8);
        frame.Write(json, isBegun);
    }

    private void Send(EventOutput output, string type, Action<Utf8JsonWriter> members) =>
        output.Write(
            type,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("type"u8, type);
                json.WriteNumber("sequence_number"u8, _sequence++);
                members(json);
                json.WriteEndObject();
            }
        );
}

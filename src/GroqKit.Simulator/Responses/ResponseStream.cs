using System.Text.Json;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Responses;

/// <summary>Sends a response as events, a delta a token, and lets faults interfere before every event as they do in chat.</summary>
internal sealed class ResponseStream(Exchange exchange, SseWriter sse, ResponseFrame frame, Pace pace)
{
    private int _sequence;
    private int _deltas;

    public async Task SendAsync()
    {
        await SendEventsAsync();
        if (exchange.IsDropped)
            return;
        await sse.FlushAsync();
        await exchange.Http.Response.CompleteAsync();
    }

    private async Task SendEventsAsync()
    {
        if (await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Opening, _deltas))
            return;
        Send("response.created", json => WriteResponse(json, isStart: true));
        Send("response.in_progress", json => WriteResponse(json, isStart: true));
        IReadOnlyList<ResponseItem> items = ResponseItem.Of(frame);
        for (int i = 0; i < items.Count; i++)
        {
            if (!await SendItemAsync(items[i], i))
                return;
        }

        if (await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Closing, _deltas))
            return;
        Send($"response.{frame.Status}", json => WriteResponse(json, isStart: false));
        await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Done, _deltas);
    }

    /// <summary>False when a fault has taken over.</summary>
    private async Task<bool> SendItemAsync(ResponseItem item, int index)
    {
        SendItem("response.output_item.added", item, index, isStart: true);
        if (!item.IsWhole && !await SendTextAsync(item, index))
            return false;
        SendItem("response.output_item.done", item, index, isStart: false);
        return true;
    }

    /// <summary>False when a fault has taken over.</summary>
    private async Task<bool> SendTextAsync(ResponseItem item, int index)
    {
        bool isCall = item.Call is not null;
        string text = isCall ? "function_call_arguments" : item.PartType;
        if (!isCall)
            SendPart("response.content_part.added", item, index, "");
        foreach (string piece in isCall ? [item.Text] : TokenRule.Pieces(item.Text))
        {
            TimeSpan ahead = pace.Ahead(_deltas);
            if (ahead > TimeSpan.Zero)
            {
                await sse.FlushAsync();
                await pace.WaitAsync(ahead, exchange.Gone);
            }

            if (await StreamFaults.InterfereAsync(exchange, sse, FrameKind.Content, _deltas))
                return false;
            SendText($"response.{text}.delta", item, index, "delta", piece);
            _deltas++;
            if (sse.IsFull)
                await sse.FlushAsync();
        }

        SendText($"response.{text}.done", item, index, isCall ? "arguments" : "text", item.Text);
        if (!isCall)
            SendPart("response.content_part.done", item, index, item.Text);
        return true;
    }

    private void SendItem(string type, ResponseItem item, int index, bool isStart) =>
        Send(
            type,
            json =>
            {
                json.WriteNumber("output_index"u8, index);
                json.WritePropertyName("item"u8);
                item.Write(json, isStart, frame.Status);
            }
        );

    private void SendText(string type, ResponseItem item, int index, string name, string text) =>
        Send(
            type,
            json =>
            {
                WritePlace(json, item, index);
                json.WriteString(name, text);
            }
        );

    private void SendPart(string type, ResponseItem item, int index, string text) =>
        Send(
            type,
            json =>
            {
                WritePlace(json, item, index);
                json.WritePropertyName("part"u8);
                item.WritePart(json, text);
            }
        );

    private static void WritePlace(Utf8JsonWriter json, ResponseItem item, int index)
    {
        json.WriteString("item_id"u8, item.Id);
        json.WriteNumber("output_index"u8, index);
        if (item.Call is null)
            json.WriteNumber("content_index"u8, 0);
    }

    private void WriteResponse(Utf8JsonWriter json, bool isStart)
    {
        json.WritePropertyName("response"u8);
        ResponseWriter.Write(json, frame, isStart);
    }

    private void Send(string type, Action<Utf8JsonWriter> write) =>
        sse.WriteEvent(
            (Type: type, Write: write, Number: _sequence++),
            static (json, state) =>
            {
                json.WriteStartObject();
                json.WriteString("type"u8, state.Type);
                json.WriteNumber("sequence_number"u8, state.Number);
                state.Write(json);
                json.WriteEndObject();
            },
            type
        );
}

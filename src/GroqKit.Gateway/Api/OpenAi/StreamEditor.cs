using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Providers.Fallback.Chat;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Changes a stream on its way where it can't pass as it is: sees to it that who asked for the usage gets it once, and nobody else, remembers what was
/// delivered for somebody else to go on with, and joins the answer of whoever goes on. Streams that need none of that have no editor. Used by one
/// thread at a time.
/// </summary>
/// <param name="wantsUsage">Whether the caller asked for a closing chunk that tells the usage.</param>
/// <param name="remembers">Whether somebody else may have to go on.</param>
internal sealed class StreamEditor(bool wantsUsage, bool remembers)
{
    private static readonly JsonSerializerOptions Line = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Envelope = ["id", "object", "created", "model", "system_fingerprint"];

    private readonly ArrayBufferWriter<byte> _out = new();
    private JointTrimmer? _joint;
    private byte[]? _announcement;
    private JsonObject? _lastWords;
    private byte[]? _tellsUsage;

    /// <summary>What the caller has.</summary>
    public DeliveredAnswer Delivered { get; private set; } = new();

    /// <summary>The next events go on with what was delivered.</summary>
    /// <param name="announcement">What comes before them.</param>
    public void Continue(byte[] announcement)
    {
        _announcement = announcement;
        _joint = new JointTrimmer(Delivered.Text);
    }

    /// <summary>The next events are the answer from its beginning.</summary>
    /// <param name="announcement">What comes before them.</param>
    public void Restart(byte[] announcement)
    {
        _announcement = announcement;
        _joint = null;
        _tellsUsage = null;
        Delivered = new DeliveredAnswer();
    }

    /// <param name="events">Whole events.</param>
    /// <returns>What to send in their place; valid until the next call.</returns>
    public ReadOnlyMemory<byte> Edit(ReadOnlySpan<byte> events)
    {
        _out.ResetWrittenCount();
        if (_announcement is { } announcement)
        {
            _announcement = null;
            _out.Write(announcement);
        }
        var each = new WholeEvents(events);
        while (each.MoveNext())
        {
            if (each.Data.IsEmpty || each.Data[0] != '{')
            {
                if (each.Data.StartsWith("[DONE]"u8))
                {
                    WriteLastWords();
                    WriteUsage();
                }
                _out.Write(each.Event);
            }
            else if (TakeUsage(each.Data))
            {
                Take(each.Event, each.Data);
            }
        }
        return _out.WrittenMemory;
    }

    private void Take(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> data)
    {
        if (!remembers && _joint is null)
        {
            _out.Write(whole);
            return;
        }
        if (_joint is not null)
        {
            TakeJoint(data);
            return;
        }
        var json = new Utf8JsonReader(data);
        using JsonDocument chunk = JsonDocument.ParseValue(ref json);
        Delivered.Add(chunk.RootElement);
        _out.Write(whole);
    }

    private void TakeJoint(ReadOnlySpan<byte> data)
    {
        JsonObject chunk = JsonNode.Parse(data)!.AsObject();
        JsonObject? choice = (chunk["choices"] as JsonArray)?.FirstOrDefault() as JsonObject;
        if (choice?["delta"] is JsonObject delta)
        {
            // Who speaks was said, and the thoughts belong to an answer that was thought through before.
            delta.Remove("role");
            delta.Remove("reasoning");
            bool ends = choice["finish_reason"] is not null;
            string fresh =
                delta["content"] is JsonValue said && said.TryGetValue(out string? text) ? _joint!.Take(text) : "";
            if (ends)
                fresh += _joint!.Release();
            delta.Remove("content");
            if (fresh.Length > 0)
                delta["content"] = fresh;
            if (delta.Count == 0 && !ends && chunk["usage"] is null)
            {
                _lastWords = chunk;
                return;
            }
        }
        Write(chunk);
    }

    // A stream that ends without a reason still gives back what was kept in case it was a repetition.
    private void WriteLastWords()
    {
        if (_joint?.Release() is not { Length: > 0 } rest || _lastWords is not { } chunk)
            return;
        chunk["choices"]![0]!["delta"] = new JsonObject { ["content"] = rest };
        Write(chunk);
    }

    /// <returns>False for a chunk that the caller is not to have.</returns>
    private bool TakeUsage(ReadOnlySpan<byte> data)
    {
        if (!TellsUsage(data))
            return true;
        bool closing = IsUsageOnly(data);
        if (wantsUsage)
            _tellsUsage = closing ? [] : data.ToArray();
        return wantsUsage || !closing;
    }

    // Some providers tell with the last words alone, however they are asked.
    private void WriteUsage()
    {
        if (_tellsUsage is not { Length: > 0 } told)
            return;
        JsonObject chunk = JsonNode.Parse(told)!.AsObject();
        if ((chunk["usage"] ?? chunk["x_groq"]?["usage"]) is not JsonObject usage)
            return;
        var closing = new JsonObject();
        foreach (string name in Envelope)
        {
            if (chunk[name] is { } value)
                closing[name] = value.DeepClone();
        }
        closing["choices"] = new JsonArray();
        closing["usage"] = usage.DeepClone();
        WriteEvent(closing);
    }

    private void Write(JsonObject chunk)
    {
        using (JsonDocument document = JsonSerializer.SerializeToDocument(chunk))
            Delivered.Add(document.RootElement);
        WriteEvent(chunk);
    }

    private void WriteEvent(JsonObject chunk)
    {
        _out.Write("data: "u8);
        _out.Write(JsonSerializer.SerializeToUtf8Bytes(chunk, Line));
        _out.Write("\n\n"u8);
    }

    private static bool TellsUsage(ReadOnlySpan<byte> data)
    {
        while (data.IndexOf("\"usage\""u8) is var at and >= 0)
        {
            data = data[(at + 7)..];
            if (data.TrimStart(" \t:"u8) is [(byte)'{', ..])
                return true;
        }
        return false;
    }

    private static bool IsUsageOnly(ReadOnlySpan<byte> data)
    {
        var json = new Utf8JsonReader(data);
        json.Read();
        bool tells = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool choices = json.ValueTextEquals("choices"u8);
            tells |= json.ValueTextEquals("usage"u8);
            json.Read();
            if (choices && json.TokenType == JsonTokenType.StartArray)
            {
                json.Read();
                if (json.TokenType != JsonTokenType.EndArray)
                    return false;
            }
            json.Skip();
        }
        return tells;
    }
}

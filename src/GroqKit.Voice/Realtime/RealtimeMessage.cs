using System.Text;
using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>Tells the words of an answer, and their sound where it is spoken.</summary>
/// <param name="output">Tells the caller.</param>
/// <param name="items">The answer's items, of which it is one.</param>
/// <param name="responseId">The answer's id.</param>
/// <param name="heard">What can be heard of it; null for an answer in writing.</param>
internal sealed class RealtimeMessage(
    RealtimeOut output,
    RealtimeAnswerItems items,
    string responseId,
    HeardAnswer? heard
)
{
    private readonly RealtimeItem _item = Create(heard);
    private readonly StringBuilder _words = new();
    private int _index;

    /// <summary>Whether less of it was heard than was said.</summary>
    public bool IsTruncated => _item.IsTruncated;

    private bool IsSpoken => heard is not null;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _index = await items.AddAsync(_item, cancellationToken).ConfigureAwait(false);
        _item.AddPart(
            IsSpoken
                ? new JsonObject { ["type"] = "output_audio", ["transcript"] = "" }
                : new JsonObject { ["type"] = "output_text", ["text"] = "" }
        );
        await SendAsync("response.content_part.added", "part", PartOf(""), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with a sentence that is spoken, or with a piece of text.</summary>
    public Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (IsSpoken && _words.Length > 0)
            text = " " + text;
        _words.Append(text);
        string type = IsSpoken ? "response.output_audio_transcript.delta" : "response.output_text.delta";
        return SendAsync(type, "delta", text, cancellationToken);
    }

    public Task SpeakAsync(ReadOnlyMemory<byte> sound, CancellationToken cancellationToken) =>
        SendAsync("response.output_audio.delta", "delta", Convert.ToBase64String(sound.Span), cancellationToken);

    /// <param name="isWhole">Whether all of it was made.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    public async Task EndAsync(bool isWhole, CancellationToken cancellationToken)
    {
        string words = _words.ToString();
        _item.SetText(words);
        _item.Set("status", isWhole ? "completed" : "incomplete");
        if (IsSpoken)
        {
            await output.SendAsync("response.output_audio.done", Place(), cancellationToken).ConfigureAwait(false);
            await SendAsync("response.output_audio_transcript.done", "transcript", words, cancellationToken)
                .ConfigureAwait(false);
        }
        else
        {
            await SendAsync("response.output_text.done", "text", words, cancellationToken).ConfigureAwait(false);
        }
        await SendAsync("response.content_part.done", "part", PartOf(words), cancellationToken).ConfigureAwait(false);
        await items.EndAsync(_item, _index, cancellationToken).ConfigureAwait(false);
    }

    private static RealtimeItem Create(HeardAnswer? heard)
    {
        string id = RealtimeConversation.NewId("item");
        return new RealtimeItem(
            id,
            new JsonObject
            {
                ["id"] = id,
                ["object"] = "realtime.item",
                ["type"] = "message",
                ["status"] = "in_progress",
                ["role"] = "assistant",
                ["content"] = new JsonArray(),
            }
        )
        {
            Heard = heard,
        };
    }

    private JsonObject PartOf(string words) =>
        IsSpoken
            ? new JsonObject { ["type"] = "audio", ["transcript"] = words }
            : new JsonObject { ["type"] = "text", ["text"] = words };

    private Task SendAsync(string type, string name, JsonNode value, CancellationToken cancellationToken)
    {
        JsonObject members = Place();
        members[name] = value;
        return output.SendAsync(type, members, cancellationToken);
    }

    private JsonObject Place() =>
        new()
        {
            ["response_id"] = responseId,
            ["item_id"] = _item.Id,
            ["output_index"] = _index,
            ["content_index"] = 0,
        };
}

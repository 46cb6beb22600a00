using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using GroqKit.Chat;
using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Telemetry;

namespace GroqKit.Completions;

/// <summary>What the pieces of a continued text mean.</summary>
internal sealed class CompletionProtocol : IEventProtocol<Completion>
{
    private readonly SortedDictionary<int, (CompletionChoice Latest, StringBuilder Text)> _choices = [];
    private Completion? _latest;
    private long _contentLength;

    public bool IsDone { get; private set; }

    public bool IsComplete => _choices.Values.Any(choice => choice.Latest.FinishReason is not null);

    public EventFailure? Failure { get; private set; }

    public CallFigures Figures => (_latest?.Figures ?? default) with { ContentLength = _contentLength };

    public ChatUsage? Usage => _latest?.Usage;

    public Completion? Parse(string eventType, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || IsDone || Failure is not null)
            return null;
        if (data.StartsWith("[DONE]"u8))
        {
            IsDone = true;
            return null;
        }
        if (!Utf8.IsValid(data))
        {
            Failure = EventFailure.InvalidUtf8();
            return null;
        }
        try
        {
            if (eventType != "error")
            {
                Completion piece =
                    JsonSerializer.Deserialize(data, GroqJson.Context.Completion)
                    ?? throw new JsonException("A null came.");
                if (piece.AdditionalProperties?.ContainsKey("error") != true)
                    return piece;
            }
            Failure = EventFailure.Server(data);
        }
        catch (JsonException error)
        {
            Failure = EventFailure.Malformed(error);
        }
        return null;
    }

    public bool Add(Completion piece)
    {
        _latest = piece with { Usage = piece.Usage ?? _latest?.Usage };
        bool hasOutput = false;
        foreach (CompletionChoice choice in piece.Choices ?? [])
        {
            StringBuilder text = _choices.TryGetValue(choice.Index, out var known) ? known.Text : new StringBuilder();
            text.Append(choice.Text);
            CompletionChoice latest = choice with { FinishReason = choice.FinishReason ?? known.Latest?.FinishReason };
            _choices[choice.Index] = (latest, text);
            hasOutput |= choice.Text is { Length: > 0 };
            _contentLength += choice.Text?.Length ?? 0;
        }
        return hasOutput;
    }

    public Completion Build() =>
        (_latest ?? new Completion()) with
        {
            Choices = [.. _choices.Values.Select(choice => choice.Latest with { Text = choice.Text.ToString() })],
        };

    public GroqResponse Snapshot() => Build();
}

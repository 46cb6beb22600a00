using System.Text;
using System.Text.Json;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Scenarios;

/// <summary>Reads one step of a scenario, which stands for as many requests as its <c>times</c> says.</summary>
internal static class ScenarioStepReader
{
    private const int MostTimes = 10_000;
    private const int MostCalls = 128;
    private const int MostEvents = 100_000;

    private static readonly string[] OfWords = ["text", "reasoning", "calls", "finish_reason"];
    private static readonly string[] OfReply = ["status", "headers", "content_type", "body", "events"];

    /// <param name="step">The step.</param>
    /// <param name="attempt">Runs a part of the reading; a mistake in it is noted and does not end the rest.</param>
    public static IEnumerable<ScenarioStep> Read(Field step, Action<Action> attempt)
    {
        int times = 1;
        IReadOnlyList<ArmedFault> faults = [];
        Words words = new();
        Reply reply = new();
        foreach (Field field in step.Properties())
        {
            attempt(() =>
            {
                if (field.Name is "times")
                    times = field.Integer(1, MostTimes);
                else if (field.Name is "fault")
                    faults = ReadFault(field);
                else if (OfWords.Contains(field.Name))
                    words.Read(field);
                else if (OfReply.Contains(field.Name))
                    reply.Read(field);
                else
                    throw field.Unsupported();
            });
        }

        if (words.IsGiven && reply.IsGiven)
        {
            throw step.Error(
                $"{step.Path} must have either words ({string.Join(", ", OfWords)}) or a reply ({string.Join(", ", OfReply)}), not both"
            );
        }

        if (reply is { Body: not null, Events: not null })
            throw step.Error($"{step.Path} must have either body or events, not both");
        return Enumerable.Repeat(new ScenarioStep(faults, words.Take(), reply.Take()), times);
    }

    private static IReadOnlyList<ArmedFault> ReadFault(Field field)
    {
        try
        {
            return FaultParser.Parse(field.Text());
        }
        catch (FaultSyntaxException exception)
        {
            throw field.Error($"{field.Path}: {exception.Message}");
        }
    }

    private static ScriptedCall ReadCall(Field call)
    {
        foreach (Field field in call.Properties())
        {
            if (field.Name is not ("name" or "arguments" or "id"))
                throw field.Unsupported();
        }

        string name = call.Require("name").NonEmptyText();
        string? id = call.Value.TryGetProperty("id"u8, out _) ? call.Require("id").NonEmptyText() : null;
        if (!call.Value.TryGetProperty("arguments"u8, out _))
            return new ScriptedCall(name, "{}", id);
        Field arguments = call.Require("arguments");
        // Text stands for itself: what a model sends is not always JSON.
        return new ScriptedCall(name, arguments.IsText ? arguments.Text() : Compact(arguments.Value), id);
    }

    private static string ReadEvent(Field item)
    {
        if (item.IsText)
            return $"data: {item.Text()}\n\n";
        if (!item.IsObject)
            throw item.Must("be text or an object");
        bool isNamed = item.Value.TryGetProperty("event"u8, out _) && item.Value.TryGetProperty("data"u8, out _);
        if (!isNamed)
            return $"data: {Compact(item.Value)}\n\n";
        Field data = item.Require("data");
        return $"event: {item.Require("event").NonEmptyText()}\ndata: {(data.IsText ? data.Text() : Compact(data.Value))}\n\n";
    }

    private static string Compact(JsonElement value) => Encoding.UTF8.GetString(JsonBuffer.Write(value.WriteTo));

    private sealed class Words
    {
        private string? _text;
        private string? _reasoning;
        private string? _finishReason;
        private IReadOnlyList<ScriptedCall> _calls = [];

        public bool IsGiven { get; private set; }

        public void Read(Field field)
        {
            IsGiven = true;
            if (field.Name is "text")
                _text = field.Text();
            else if (field.Name is "reasoning")
                _reasoning = field.Text();
            else if (field.Name is "calls")
                _calls = [.. field.Items(1, MostCalls).Select(ReadCall)];
            else
                _finishReason = field.NonEmptyText();
        }

        public ScriptedWords? Take() => IsGiven ? new ScriptedWords(_text, _reasoning, _calls, _finishReason) : null;
    }

    private sealed class Reply
    {
        private readonly List<KeyValuePair<string, string>> _headers = [];
        private int _status = StatusCodes.Status200OK;
        private string? _contentType;
        private bool _isJson;

        public bool IsGiven { get; private set; }

        public byte[]? Body { get; private set; }

        public IReadOnlyList<string>? Events { get; private set; }

        public void Read(Field field)
        {
            IsGiven = true;
            switch (field.Name)
            {
                case "status":
                    _status = field.Integer(200, 599);
                    break;
                case "headers":
                    _headers.AddRange(field.Properties().Select(ReadHeader));
                    break;
                case "content_type":
                    _contentType = field.NonEmptyText();
                    break;
                case "events":
                    Events = [.. field.Items(1, MostEvents).Select(ReadEvent)];
                    break;
                default:
                    _isJson = !field.IsText;
                    Body = Encoding.UTF8.GetBytes(field.IsText ? field.Text() : Compact(field.Value));
                    _contentType ??= field.IsText ? "text/plain; charset=utf-8" : "application/json";
                    break;
            }
        }

        public ScriptedReply? Take() =>
            IsGiven
                ? new ScriptedReply(_status, _headers, _contentType ?? "application/json", Body, Events)
                {
                    IsJson = _isJson,
                }
                : null;

        private static KeyValuePair<string, string> ReadHeader(Field header)
        {
            string value = header.Text();
            bool isName = header.Name.Length > 0 && header.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
            if (!isName)
                throw header.Error($"{header.Path}: a header's name is letters, digits and dashes");
            return value.All(c => c is >= ' ' and <= '~')
                ? new(header.Name, value)
                : throw header.Must("be printable ASCII");
        }
    }
}

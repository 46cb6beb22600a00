using System.Text;

namespace GroqKit.Testing;

/// <summary>
/// A stream of events, step by step: what comes, how long it takes, how it breaks. Each step returns a new script, so a beginning can be shared.
/// </summary>
public sealed class ScriptedStream
{
    internal const string ContentType = "text/event-stream";
    private readonly StreamStep[] _steps;

    private ScriptedStream(StreamStep[] steps) => _steps = steps;

    /// <summary>Nothing yet.</summary>
    public static ScriptedStream Empty { get; } = new([]);

    /// <summary>A whole chat answer: its pieces, finish reason, usage and end mark.</summary>
    /// <param name="texts">What the model says, piece by piece.</param>
    public static ScriptedStream Saying(params string[] texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Aggregate(Empty.Begin(), (stream, text) => stream.Text(text)).End();
    }

    /// <summary>The first chunk, which names the role.</summary>
    public ScriptedStream Begin() => Delta("""{"role":"assistant","content":""}""");

    /// <summary>A chunk of text.</summary>
    /// <param name="text">The text.</param>
    public ScriptedStream Text(string text) => Event(GroqBodies.TextChunk(text));

    /// <summary>A chunk of thinking.</summary>
    /// <param name="text">The thinking.</param>
    public ScriptedStream Reasoning(string text) => Event(GroqBodies.ReasoningChunk(text));

    /// <summary>A chunk with a whole tool call.</summary>
    /// <param name="name">The function.</param>
    /// <param name="arguments">Its arguments as JSON text.</param>
    /// <param name="id">The call's id.</param>
    /// <param name="index">The call's position.</param>
    public ScriptedStream ToolCall(string name, string arguments, string id = "call_1", int index = 0) =>
        Event(GroqBodies.ToolCallChunk(name, arguments, id, index));

    /// <summary>A chunk with any delta.</summary>
    /// <param name="delta">The delta as JSON text.</param>
    /// <param name="finishReason">Why the answer ended; null while it has not.</param>
    public ScriptedStream Delta(string delta, string? finishReason = null) =>
        Event(GroqBodies.Chunk(delta, finishReason));

    /// <summary>The last chunk, with finish reason and usage, and the end mark.</summary>
    /// <param name="finishReason">Why the answer ended.</param>
    public ScriptedStream End(string finishReason = "stop") =>
        Event(GroqBodies.LastChunk(finishReason)).Event("[DONE]");

    /// <summary>An event with an error, as Groq reports one within a stream.</summary>
    /// <param name="message">What it says.</param>
    /// <param name="status">The status that the call would have had.</param>
    public ScriptedStream Error(string message = "The scripted error.", int status = 500) =>
        Raw($"event: error\ndata: {GroqBodies.StreamError(message, status)}\n\n");

    /// <summary>One event.</summary>
    /// <param name="data">Its data, on one line.</param>
    public ScriptedStream Event(string data) => Raw($"data: {data}\n\n");

    /// <summary>Text as it stands, for what is not well formed.</summary>
    /// <param name="text">Sent as UTF-8.</param>
    public ScriptedStream Raw(string text) => Raw(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes as they stand.</summary>
    /// <param name="bytes">The bytes.</param>
    public ScriptedStream Raw(ReadOnlyMemory<byte> bytes) => Then(new StreamStep.Send(bytes));

    /// <summary>A silence.</summary>
    /// <param name="time">How long, on the handler's clock.</param>
    public ScriptedStream Wait(TimeSpan time) => Then(new StreamStep.Pause(time));

    /// <summary>Nothing more comes, and the connection stays open.</summary>
    public ScriptedStream Hang() => Wait(System.Threading.Timeout.InfiniteTimeSpan);

    /// <summary>The connection breaks here. Without it, the connection ends cleanly after the last step.</summary>
    /// <param name="message">What the transport says.</param>
    public ScriptedStream Cut(string message = "The scripted connection broke.") => Then(new StreamStep.Break(message));

    internal ScriptedBody Open(TimeProvider time) => new(_steps, time);

    private ScriptedStream Then(StreamStep step) => new([.. _steps, step]);
}

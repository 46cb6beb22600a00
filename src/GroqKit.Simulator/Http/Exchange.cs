using System.Buffers;
using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Requests;
using GroqKit.Simulator.Scenarios;
using GroqKit.Simulator.Wires;

namespace GroqKit.Simulator.Http;

/// <summary>One request and its answer, with the faults that apply to it.</summary>
internal sealed class Exchange(
    HttpContext http,
    string id,
    Wire wire,
    TimeProvider time,
    FaultDraw draw,
    CancellationToken stopping
)
{
    private readonly List<IFaultEffect> _effects = [];
    private readonly List<string> _faults = [];
    private RecordedRequest? _record;

    public HttpContext Http => http;

    public Wire Wire => wire;

    public TimeProvider Time => time;

    public FaultDraw Draw => draw;

    /// <summary><c>x-request-id</c> and <c>x_groq.id</c>.</summary>
    public string Id => id;

    public string Key { get; set; } = "";

    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>What a scenario makes the model say to this request; null leaves it to the model.</summary>
    public ScriptedWords? Words { get; private set; }

    /// <summary>Whether a scenario has met the request.</summary>
    public bool IsScripted { get; private set; }

    public RecordedRequest? Record
    {
        get => _record;
        set
        {
            _record = value;
            foreach (string fault in _faults)
                value?.AddFault(fault);
        }
    }

    /// <summary>How the exchange ends unless the caller leaves first; faults that spoil the answer set it.</summary>
    public RequestOutcome Outcome { get; set; } = RequestOutcome.Completed;

    /// <summary>A fault has reset the connection; nothing more can be sent.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Cancelled when the caller leaves.</summary>
    public CancellationToken Gone => http.RequestAborted;

    public IReadOnlyList<IFaultEffect> Effects => _effects;

    /// <summary>Puts a fault in force, unless its luck says otherwise; null then.</summary>
    public IFaultEffect? Arm(ArmedFault fault)
    {
        if (!draw.Meets(fault.Percent))
            return null;
        IFaultEffect effect = fault.Start();
        _effects.Add(effect);
        _faults.Add(fault.Text);
        Record?.AddFault(fault.Text);
        return effect;
    }

    /// <summary>Puts a fault in force; true when it has answered the request already.</summary>
    public async ValueTask<bool> ApplyAsync(ArmedFault fault) =>
        Arm(fault) is { } effect && await effect.BeforeAnswerAsync(this);

    /// <summary>Plays a step of a scenario; true when it has answered the request already.</summary>
    public async ValueTask<bool> PlayAsync(ScenarioStep step)
    {
        IsScripted = true;
        Words = step.Words;
        foreach (ArmedFault fault in step.Faults)
        {
            if (await ApplyAsync(fault))
                return true;
        }

        if (step.Reply is not { } reply)
            return false;
        await reply.SendAsync(this);
        return true;
    }

    /// <summary>
    /// Waits as a fault demands; null waits until the caller leaves. A server that stops does not let such a wait hold it up:
    /// then the connection is dropped and the result is false.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public async Task<bool> WaitAsync(TimeSpan? length)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Gone, stopping);
        try
        {
            await Task.Delay(length ?? Timeout.InfiniteTimeSpan, time, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!Gone.IsCancellationRequested)
        {
            Drop();
            return false;
        }
    }

    /// <summary>Resets the connection: what was flushed arrives, nothing else does.</summary>
    public void Drop()
    {
        IsDropped = true;
        Outcome = RequestOutcome.Faulted;
        Record?.End(RequestOutcome.Faulted, time.GetTimestamp());
        http.Abort();
    }

    public Task SendJsonAsync(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK) =>
        SendAsync(status, "application/json", JsonBuffer.Write(write));

    /// <summary>A part of the path, as the route names it.</summary>
    public string RouteText(string name) => http.GetRouteValue(name) as string ?? "";

    public Task SendDeletedAsync(string id, string kind) =>
        SendJsonAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("object"u8, kind);
            json.WriteBoolean("deleted"u8, true);
            json.WriteEndObject();
        });

    public Task SendErrorAsync(ApiError error)
    {
        error = wire.Translate(error);
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
        return SendJsonAsync(json => wire.WriteError(json, error, inStream: false), error.Status);
    }

    /// <param name="status">The status.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="body">All of the body.</param>
    /// <param name="isChunked">Whether it goes without its length, as what is made while it is sent does.</param>
    public Task SendAsync(int status, string contentType, ReadOnlySpan<byte> body, bool isChunked = false)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = isChunked ? null : body.Length;
        Record?.SetStatus(status);
        if (_effects.Count > 0)
            return SendFaultyAsync(body.ToArray());
        http.Response.BodyWriter.Write(body);
        return http.Response.CompleteAsync();
    }

    private async Task SendFaultyAsync(ReadOnlyMemory<byte> body)
    {
        foreach (IFaultEffect effect in _effects)
        {
            if (await effect.BeforeBodyAsync(this, body))
                return;
        }

        await http.Response.BodyWriter.WriteAsync(body, Gone);
        await http.Response.CompleteAsync();
    }
}

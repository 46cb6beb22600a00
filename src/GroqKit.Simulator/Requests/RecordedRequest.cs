using System.Text;

namespace GroqKit.Simulator.Requests;

/// <summary>One request that reached the simulator, and what became of it. Safe to read from any thread while the request runs.</summary>
public sealed class RecordedRequest
{
    private readonly RequestLog _log;
    private readonly ReadOnlyMemory<byte> _body;
    private readonly Lock _gate = new();
    private string? _text;
    private string? _model;
    private string? _fault;
    private int _status;
    private RequestOutcome _outcome;
    private long? _endedAt;

    internal RecordedRequest(
        RequestLog log,
        string id,
        HttpRequest request,
        string path,
        ReadOnlyMemory<byte> body,
        long startedAt
    )
    {
        _log = log;
        _body = body;
        Id = id;
        Method = request.Method;
        Path = path;
        Headers = request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        StartedAt = startedAt;
    }

    /// <summary>What the answer carries as <c>x-request-id</c>; unique within one server.</summary>
    public string Id { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>Path and query as sent, not decoded.</summary>
    public string Path { get; }

    /// <summary>The request's headers; several values of one name are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body's bytes as received.</summary>
    public ReadOnlyMemory<byte> Body => _body;

    /// <summary>The body as UTF-8 text; empty when there was none.</summary>
    public string BodyText => _text ??= Encoding.UTF8.GetString(_body.Span);

    /// <summary>When the request arrived: a timestamp of the options' <see cref="TimeProvider"/>, for <see cref="TimeProvider.GetElapsedTime(long, long)"/>.</summary>
    public long StartedAt { get; }

    /// <summary>The model that the body asked for; null until the body is understood.</summary>
    public string? Model => Read(ref _model);

    /// <summary>The fault or faults applied, as they were written; null when there were none.</summary>
    public string? Fault => Read(ref _fault);

    /// <summary>The status sent; 0 until headers leave, and for ever when none did.</summary>
    public int Status => Read(ref _status);

    /// <summary>How the request ended.</summary>
    public RequestOutcome Outcome => Read(ref _outcome);

    /// <summary>When it ended, on the same clock as <see cref="StartedAt"/>; null while it runs.</summary>
    public long? EndedAt => Read(ref _endedAt);

    internal void SetModel(string model) => Change(ref _model, model);

    internal void AddFault(string fault) => Change(ref _fault, Fault is { } earlier ? $"{earlier},{fault}" : fault);

    internal void SetStatus(int status) => Change(ref _status, status);

    /// <summary>Settles the request; the first call wins.</summary>
    internal void End(RequestOutcome outcome, long at)
    {
        lock (_gate)
        {
            if (_endedAt is not null)
                return;
            _endedAt = at;
            _outcome = outcome;
        }

        _log.Changed(this);
    }

    private T Read<T>(ref T field)
    {
        lock (_gate)
            return field;
    }

    private void Change<T>(ref T field, T value)
    {
        lock (_gate)
            field = value;
        _log.Changed(this);
    }
}

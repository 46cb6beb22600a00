using System.Diagnostics;
using GroqKit.Catalog;
using GroqKit.Http;
using GroqKit.Resilience;

namespace GroqKit.Telemetry;

/// <summary>Tells about a client's calls, to whoever listens. Safe for all threads.</summary>
internal sealed class CallObserver : IDisposable
{
    private static readonly ActivitySource Source = new(GenAiNames.Scope, OwnVersion.Text);

    private static readonly OperationKind OtherResource = new(GenAiNames.Other, isInference: false);

    private static readonly Dictionary<string, OperationKind> Resources = new[]
    {
        "audio",
        "batches",
        "chat",
        "completions",
        "embeddings",
        "files",
        "fine_tunings",
        "models",
        "reranking",
        "responses",
    }.ToDictionary(name => name, name => new OperationKind(name, isInference: false), StringComparer.Ordinal);

    private readonly bool _enabled;
    private readonly HashSet<string> _knownModels;

    public CallObserver(
        TelemetryOptions options,
        Func<string, string?> environment,
        Uri server,
        ModelLanes lanes,
        TimeProvider time
    )
    {
        TelemetryConvention convention = options.FindConvention(environment);
        _enabled = options.Enabled;
        _knownModels = new(options.KnownModels, StringComparer.Ordinal);
        Spans = options.OperationSpans;
        Style = new(GenAi: true, convention.HasFlag(TelemetryConvention.Next), options.FindCaptureContent(environment));
        Host = server.IdnHost;
        Port = server.Port;
        Time = time;
        Instruments = new GroqInstruments(this, lanes, convention);
    }

    public GroqInstruments Instruments { get; }

    public OperationSpans Spans { get; }

    public SpanStyle Style { get; }

    public string Host { get; }

    public int Port { get; }

    public TimeProvider Time { get; }

    /// <summary>Null, at no cost, when nobody listens.</summary>
    public OperationTelemetry? Start(ApiCall call) =>
        _enabled && (Source.HasListeners() || Instruments.Enabled)
            ? new OperationTelemetry(
                this,
                call.Subject.Kind ?? KindOf(call.Uri),
                call.Subject.Model,
                streams: call.Answer is AnswerKind.Events or AnswerKind.ByteStream,
                call.Subject.Request
            )
            : null;

    /// <summary>The name under which a model appears in metrics.</summary>
    public string MetricName(string model) =>
        _knownModels.Contains(model) || ModelCatalog.Default.Find(model) is not null ? model : GenAiNames.Other;

    public Activity? StartActivity(string operation, string? model)
    {
        KeyValuePair<string, object?>[] tags =
        [
            new(GenAiNames.OperationName, operation),
            new(GenAiNames.ProviderName, GenAiNames.Provider),
            new(GenAiNames.ServerAddress, Host),
            new(GenAiNames.ServerPort, Port),
            new(GenAiNames.RequestModel, model),
        ];
        return Source.StartActivity(
            model is null ? operation : $"{operation} {model}",
            ActivityKind.Client,
            default(ActivityContext),
            model is null ? tags[..^1] : tags
        );
    }

    public void Dispose() => Instruments.Dispose();

    // Resources that no model works on are named by their path, for example "files". Paths of raw calls may be anything.
    private static OperationKind KindOf(Uri uri)
    {
        string[] segments = uri.Segments;
        int version = Array.LastIndexOf(segments, "v1/");
        string name = version >= 0 && version + 1 < segments.Length ? segments[version + 1].TrimEnd('/') : "";
        return Resources.GetValueOrDefault(name, OtherResource);
    }
}

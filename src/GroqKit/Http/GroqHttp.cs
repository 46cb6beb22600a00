using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Authentication;
using GroqKit.Json;
using GroqKit.Resilience;
using GroqKit.Telemetry;
using Polly;

namespace GroqKit.Http;

/// <summary>The only way out: sends calls through the resilience pipeline over one transport. Safe for all threads.</summary>
internal sealed partial class GroqHttp : IDisposable
{
    private readonly GroqAddress _address;
    private readonly HttpMessageInvoker _invoker;
    private readonly ICallRunner _runner;
    private readonly ModelLanes _lanes;
    private readonly RetryBudget _budget;
    private readonly CallObserver _observer;
    private readonly TimeSpan _attemptTimeout;
    private readonly TimeSpan _totalTimeout;
    private readonly TimeSpan _idleTimeout;
    private readonly int _maxRetries;

    public GroqHttp(
        GroqClientOptions options,
        GroqAddress address,
        IGroqAuthentication authentication,
        Func<string, string?> environment
    )
    {
        _address = address;
        Time = options.TimeProvider;
        Randomness = options.Randomness;
        _attemptTimeout = options.Timeout;
        _totalTimeout = options.TotalTimeout;
        _idleTimeout = options.StreamIdleTimeout;
        _maxRetries = options.Retry.MaxRetries;
        _invoker = options.Transport is { } transport
            ? new HttpMessageInvoker(transport, disposeHandler: false)
            : new HttpMessageInvoker(DefaultTransport.Create(options));
        var requests = new RequestFactory(options, address.IsSecure);
        var attempt = new HttpAttempt(_invoker, requests, authentication, Time);
        _keyless = new HttpAttempt(_invoker, requests, new NoAuthentication(), Time);
        _budget = new RetryBudget(options.RetryBudget);
        _runner = Runner(options, new GuardedAttempt(attempt, _budget, Time));
        _lanes = new ModelLanes(
            new(
                options.RateLimits,
                options.Resilience is null ? options.CircuitBreaker : new CircuitBreakerOptions { Enabled = false },
                options.Telemetry.LatencySamples,
                options.Resilience,
                Time
            )
        );
        _observer = new CallObserver(options.Telemetry, environment, address.Root, _lanes, Time);
        Resilience = new GroqResilience(_lanes, _budget);
    }

    public GroqResilience Resilience { get; }

    public TimeProvider Time { get; }

    /// <summary>Numbers from 0 (inclusive) to 1 (exclusive).</summary>
    public Func<double> Randomness { get; }

    public Uri Root => _address.Root;

    public Uri Resolve(string path) => _address.Resolve(path);

    public TimeSpan IdleTimeout(CallOptions? options) => options?.StreamIdleTimeout ?? _idleTimeout;

    /// <summary>Sends a call and reads its whole answer.</summary>
    public Task<TAnswer> SendAsync<TAnswer>(
        HttpMethod method,
        Uri uri,
        byte[]? body,
        JsonTypeInfo<TAnswer> answerType,
        CallOptions? options,
        CancellationToken cancellationToken,
        CallSubject subject = default,
        FastRead<TAnswer>? readUsual = null
    )
        where TAnswer : GroqResponse =>
        RunAsync(
            Prepare(method, uri, body, null, AnswerKind.Json, options, subject),
            answerType,
            readUsual,
            readText: null,
            cancellationToken
        );

    /// <summary>Sends a form and reads its whole answer. It is repeated only if its file can be read again, or none of it was read.</summary>
    /// <param name="uri">Where to.</param>
    /// <param name="form">What to send.</param>
    /// <param name="answerType">How a JSON answer is read.</param>
    /// <param name="readText">How an answer is read that is plain text.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="subject">What it is about.</param>
    public Task<TAnswer> UploadAsync<TAnswer>(
        Uri uri,
        RequestBody form,
        JsonTypeInfo<TAnswer> answerType,
        Func<string, TAnswer>? readText,
        CallOptions? options,
        CancellationToken cancellationToken,
        CallSubject subject = default
    )
        where TAnswer : GroqResponse =>
        RunAsync(
            Prepare(HttpMethod.Post, uri, null, form, AnswerKind.Json, options, subject),
            answerType,
            readUsual: null,
            readText,
            cancellationToken
        );

    /// <summary>
    /// Sends a call and returns once the headers of its stream are there. The call's response is the caller's to dispose of, and the
    /// call's end the caller's to tell.
    /// </summary>
    public async Task<ApiCall> OpenAsync(
        Uri uri,
        byte[] body,
        AnswerKind answer,
        CallOptions? options,
        CancellationToken cancellationToken,
        CallSubject subject = default,
        Func<IOutputProbe>? probe = null
    )
    {
        ApiCall call = Prepare(HttpMethod.Post, uri, body, null, answer, options, subject, probe: probe);
        call.Telemetry = _observer.Start(call);
        try
        {
            await ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
            return call;
        }
        catch (Exception error)
        {
            call.Failed(error, default, Time.GetElapsedTime(call.StartedAt));
            throw;
        }
    }

    public void Dispose()
    {
        _invoker.Dispose();
        _lanes.Dispose();
        _observer.Dispose();
    }

    private ICallRunner Runner(GroqClientOptions options, GuardedAttempt attempt)
    {
        if (options.Resilience is { } given)
            return new GivenRunner(given, attempt, Time);
        var decision = new RetryDecision(new Backoff(options.Retry, options.Randomness), _budget, Time);
        return new RetryingRunner(
            ResiliencePipelines.Build(decision, Time),
            new HedgedAttempt(attempt, options.Hedging, _budget, Time)
        );
    }

    private ApiCall Prepare(
        HttpMethod method,
        Uri uri,
        byte[]? body,
        RequestBody? form,
        AnswerKind answer,
        CallOptions? options,
        CallSubject subject = default,
        bool keepsRefusal = false,
        Func<IOutputProbe>? probe = null
    )
    {
        if (options is not null)
            CallOptionsRules.Check(options);
        long now = Time.GetTimestamp();
        return new ApiCall
        {
            Method = method,
            Uri = uri,
            Body = body,
            Form = form,
            Answer = answer,
            KeepsRefusal = keepsRefusal,
            Options = options,
            MaxRetries = options?.MaxRetries ?? _maxRetries,
            AttemptTimeout = _attemptTimeout,
            TotalTimeout = options?.Timeout ?? _totalTimeout,
            IdleTimeout = IdleTimeout(options),
            StartedAt = now,
            Subject = subject,
            Probe = probe,
            Lane = subject.Model is { } model ? _lanes.Get(model, now) : null,
        };
    }

    private async Task<TAnswer> RunAsync<TAnswer>(
        ApiCall call,
        JsonTypeInfo<TAnswer> answerType,
        FastRead<TAnswer>? readUsual,
        Func<string, TAnswer>? readText,
        CancellationToken cancellationToken
    )
        where TAnswer : GroqResponse
    {
        // Here and not before: an activity that begins within an asynchronous method is current for nobody else.
        call.Telemetry = _observer.Start(call);
        try
        {
            await ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
            using HttpResponseMessage response = call.Response!;
            using PooledBody payload = call.Payload;
            string? type = response.Content.Headers.ContentType?.MediaType;
            // A page comes from a proxy on the way, never from the API.
            bool isText = readText is not null && type is not ("application/json" or "text/html");
            TAnswer answer = isText
                ? readText!(Encoding.UTF8.GetString(payload.Span))
                : Read(payload, answerType, readUsual, call);
            TimeSpan elapsed = Time.GetElapsedTime(call.StartedAt);
            CallFigures figures = answer.Figures;
            answer.Metadata = new ResponseMetadata(response, call.Attempts, elapsed, null, figures.TokensPerSecond);
            call.Succeeded(figures, elapsed, answer.Metadata, answer);
            return answer;
        }
        catch (Exception error)
        {
            call.Failed(error, default, Time.GetElapsedTime(call.StartedAt));
            throw;
        }
    }

    private async ValueTask ExecuteAsync(ApiCall call, CancellationToken cancellationToken)
    {
        Outcome<ApiCall> outcome = await _runner.RunAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Exception is GroqException error)
            error.Attempts = call.Attempts;
        outcome.ThrowIfException();
    }

    private static TAnswer Read<TAnswer>(
        PooledBody payload,
        JsonTypeInfo<TAnswer> type,
        FastRead<TAnswer>? readUsual,
        ApiCall call
    )
        where TAnswer : GroqResponse
    {
        ReadOnlySpan<byte> json = payload.Span;
        if (json.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        try
        {
            return readUsual?.Invoke(json)
                ?? JsonSerializer.Deserialize(json, type)
                ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException error)
        {
            throw new GroqServerException(
                $"The server's answer could not be read: {error.Message}",
                new ErrorDetails
                {
                    Status = call.Response!.StatusCode,
                    RequestId = call.Response.Headers.First("x-request-id"),
                    Body = Encoding.UTF8.GetString(payload.Span[..Math.Min(payload.Span.Length, 64 * 1024)]),
                },
                error
            )
            {
                Attempts = call.Attempts,
            };
        }
    }
}

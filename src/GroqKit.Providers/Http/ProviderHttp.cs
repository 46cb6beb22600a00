using System.Net;
using System.Text;
using System.Text.Json;
using GroqKit.Http;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Wire;

namespace GroqKit.Providers.Http;

/// <summary>
/// Sends requests over one connection: key, pace, attempts with deadlines, errors in the words of all providers. What has begun to answer is
/// never sent again. Safe for all threads.
/// </summary>
internal sealed class ProviderHttp : IDisposable
{
    private const int MaxErrorLength = 64 * 1024;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);

    private readonly HttpMessageInvoker _invoker;
    private readonly ProviderConnection _connection;
    private readonly ProviderWire _wire;
    private readonly IErrorReader _errors;
    private readonly ProviderHttpSettings _settings;
    private readonly RequestPacer? _pacer;
    private readonly Func<double> _randomness;
    private readonly string? _key;

    public ProviderHttp(
        ProviderConnection connection,
        ProviderWire wire,
        IErrorReader errors,
        ProviderOptions options,
        ProviderEnvironment environment
    )
    {
        HttpMessageHandler? given = environment.Transport?.Invoke(options);
        _invoker = new HttpMessageInvoker(given ?? ProviderTransport.Create(), disposeHandler: given is null);
        _connection = connection;
        _wire = wire;
        _errors = errors;
        _settings = ProviderHttpSettings.From(options);
        Time = environment.TimeProvider;
        _randomness = environment.Randomness;
        _pacer = _settings.RequestsPerMinute is { } perMinute ? new RequestPacer(perMinute, Time) : null;
        _key = wire.KeyValueOf(connection);
        Traffic = new ProviderTraffic(Time, options.LatencySamples, options.TrackLatency);
    }

    public TimeProvider Time { get; }

    public ProviderTraffic Traffic { get; }

    /// <summary>How long a call would wait for its turn.</summary>
    public TimeSpan Wait => _pacer?.Wait ?? TimeSpan.Zero;

    public TimeSpan StreamIdleTimeout => _settings.StreamIdleTimeout;

    public ProviderConnection Connection => _connection;

    /// <summary>Sends until there is an answer, and reads it whole within the attempt's deadline.</summary>
    /// <param name="call">Who is called for what.</param>
    /// <param name="create">Makes the request of one attempt; the key is put on here.</param>
    /// <param name="read">Reads a good answer.</param>
    /// <param name="canRepeat">False for a body that can be sent once only.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<T> SendAsync<T>(
        ProviderCall call,
        Func<HttpRequestMessage> create,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        bool canRepeat,
        CancellationToken cancellationToken
    )
    {
        long start = Time.GetTimestamp();
        using var total = new Deadline(_settings.TotalTimeout, Time, cancellationToken);
        for (int attempt = 0; ; attempt++)
        {
            await PaceAsync(call, total, cancellationToken).ConfigureAwait(false);
            try
            {
                T answer = await AttemptAsync(call, create, read, total, cancellationToken).ConfigureAwait(false);
                // A head is not an answer yet: whoever reads the rest tells when it is.
                if (answer is not HttpResponseMessage)
                    Traffic.Completed(call, null, Time.GetElapsedTime(start));
                return answer;
            }
            catch (ProviderException failure) when (Delay(failure, attempt, canRepeat, start) is { } delay)
            {
                await WaitAsync(delay, call, total).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends until there is an answer's head; its body is the caller's to read and to close.</summary>
    public Task<HttpResponseMessage> OpenAsync(
        ProviderCall call,
        Func<HttpRequestMessage> create,
        CancellationToken cancellationToken
    ) => SendAsync(call, create, static (answer, _) => Task.FromResult(answer), canRepeat: true, cancellationToken);

    /// <summary>The failure that a piece of an answer tells, as if it had been an answer of its own.</summary>
    public ProviderException ReadError(HttpStatusCode status, string body, ProviderCall call, string? requestId) =>
        _errors.Read(status, body, call.Details with { Status = status, RequestId = requestId });

    public string? RequestIdOf(HttpResponseMessage answer) => answer.Headers.First(_wire.RequestIdHeader);

    public void Dispose() => _invoker.Dispose();

    private async Task<T> AttemptAsync<T>(
        ProviderCall call,
        Func<HttpRequestMessage> create,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        Deadline total,
        CancellationToken cancellationToken
    )
    {
        ProviderFailureDetails details = call.Details;
        bool hasBegun = false;
        HttpResponseMessage? answer = null;
        bool isKept = false;
        using var deadline = new Deadline(_settings.Timeout, Time, total.Token);
        try
        {
            using HttpRequestMessage request = create();
            Prepare(request);
            answer = await _invoker.SendAsync(request, deadline.Token).ConfigureAwait(false);
            details = details with { RequestId = RequestIdOf(answer), Status = answer.StatusCode };
            Traffic.Answered(call, answer.Headers);
            if (!answer.IsSuccessStatusCode)
                throw await ReadErrorAsync(answer, call, details, deadline.Token).ConfigureAwait(false);
            hasBegun = true;
            T result = await read(answer, deadline.Token).ConfigureAwait(false);
            isKept = ReferenceEquals(result, answer);
            return result;
        }
        catch (OperationCanceledException cancelled)
        {
            // The innermost deadline cannot know whose cancellation came through the outer one.
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
            throw Timeout(hasBegun ? "the answer's body" : "the answer", details, cancelled);
        }
        catch (Exception error) when (NetworkFailures.Handles(error))
        {
            throw NetworkFailures.Map(error, hasBegun, details);
        }
        catch (JsonException error)
        {
            throw new ProviderException(
                ProviderFailure.Malformed,
                $"{call.Provider}: the answer is not the JSON that was expected.",
                details,
                error
            );
        }
        finally
        {
            if (!isKept)
                answer?.Dispose();
        }
    }

    private void Prepare(HttpRequestMessage request)
    {
        if (_key is not null)
            request.Headers.TryAddWithoutValidation(_wire.KeyHeader, _key);
        foreach (var (name, value) in _wire.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (request.RequestUri!.Scheme == Uri.UriSchemeHttps)
            request.Version = HttpVersion.Version20;
    }

    private async Task<ProviderException> ReadErrorAsync(
        HttpResponseMessage answer,
        ProviderCall call,
        ProviderFailureDetails details,
        CancellationToken cancellationToken
    )
    {
        TimeSpan? wait = RetryAfter.From(answer.Headers, Time);
        string body = await ReadTextAsync(answer, cancellationToken).ConfigureAwait(false);
        bool? mayRetry = answer.Headers.First("x-should-retry") switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
        ProviderException failure = _errors.Read(
            answer.StatusCode,
            body,
            details with
            {
                RetryAfter = wait,
                IsRetryable = mayRetry,
            }
        );
        Traffic.Failed(call, failure);
        return failure;
    }

    private static async Task<string> ReadTextAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            byte[] bytes = new byte[MaxErrorLength];
            int length = await body.ReadAtLeastAsync(bytes, bytes.Length, false, cancellationToken)
                .ConfigureAwait(false);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
    }

    private async Task PaceAsync(ProviderCall call, Deadline total, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_pacer is null)
            return;
        if (_pacer.TryTake(_settings.TotalTimeout) is not { } wait)
        {
            throw new ProviderException(
                ProviderFailure.RateLimited,
                $"{call.Provider}: our own limit of {_settings.RequestsPerMinute} requests a minute is used up for longer than a call may take.",
                call.Details with
                {
                    RetryAfter = _settings.TotalTimeout,
                }
            );
        }
        await WaitAsync(wait, call, total).ConfigureAwait(false);
    }

    private async Task WaitAsync(TimeSpan wait, ProviderCall call, Deadline total)
    {
        if (wait <= TimeSpan.Zero)
            return;
        try
        {
            await Task.Delay(wait, Time, total.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw total.Explain(cancelled, "its turn", call.Details);
        }
    }

    /// <summary>How long to wait before the same is sent again; null when it is not.</summary>
    private TimeSpan? Delay(ProviderException failure, int attempt, bool canRepeat, long start)
    {
        if (!canRepeat || attempt >= _settings.MaxRetries || !failure.IsRetryable)
            return null;
        if (failure.Failure is ProviderFailure.StreamCut)
            return null;
        TimeSpan exponential = TimeSpan.FromTicks(Math.Min(FirstDelay.Ticks << attempt, LongestDelay.Ticks));
        TimeSpan delay = failure.RetryAfter ?? exponential * (1 - (0.25 * _randomness()));
        return Time.GetElapsedTime(start) + delay < _settings.TotalTimeout ? delay : null;
    }

    private static ProviderException Timeout(string what, ProviderFailureDetails details, Exception cause) =>
        new(
            ProviderFailure.Timeout,
            $"{details.Provider}: no progress in time while waiting for {what}.",
            details,
            cause
        );
}

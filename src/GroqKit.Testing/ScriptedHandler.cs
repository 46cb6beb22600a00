using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;

namespace GroqKit.Testing;

/// <summary>
/// A transport without a network: answers from a queue and remembers what it was asked. Give it to
/// <see cref="GroqClientOptions.Transport"/>, or take a client from <see cref="CreateClient"/>. Safe for all threads; the queue is served in the
/// order in which requests come. A request for which nothing is queued gets a 501 that says so.
/// </summary>
/// <param name="time">The clock of delays and of the client. Default: the system's.</param>
/// <param name="recordBodies">False leaves bodies unread, for tests of streamed uploads.</param>
public sealed class ScriptedHandler(TimeProvider? time = null, bool recordBodies = true) : HttpMessageHandler
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script =
        new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly Channel<RecordedRequest> _arrivals = Channel.CreateUnbounded<RecordedRequest>();
    private Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? _otherwise;
    private int _calls;

    /// <summary>How many requests have come.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>How many answers are still queued. 0 at a test's end: everything that was expected was asked.</summary>
    public int Unused => _script.Count;

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>A client over this transport and clock, with a key that is none, and without retries.</summary>
    /// <param name="configure">Changes the options.</param>
    public GroqClient CreateClient(Action<GroqClientOptions>? configure = null)
    {
        var options = new GroqClientOptions
        {
            BaseUrl = GroqClientOptions.DefaultBaseUrl,
            Authentication = new AlwaysAuthenticated(),
            Transport = this,
            TimeProvider = _time,
            Retry = new RetryOptions { MaxRetries = 0 },
        };
        configure?.Invoke(options);
        return new GroqClient(options);
    }

    /// <summary>Queues an answer.</summary>
    /// <param name="answer">The answer.</param>
    public ScriptedHandler Next(ScriptedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Next((_, cancellationToken) => answer.PlayAsync(_time, cancellationToken));
    }

    /// <summary>Queues an answer that depends on the request.</summary>
    /// <param name="answer">Makes the answer.</param>
    public ScriptedHandler Next(Func<RecordedRequest, ScriptedAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Next(
            async (request, cancellationToken) =>
                await answer(await RecordedRequest.ReadAsync(request, true, cancellationToken).ConfigureAwait(false))
                    .PlayAsync(_time, cancellationToken)
                    .ConfigureAwait(false)
        );
    }

    /// <summary>Queues anything.</summary>
    /// <param name="answer">Answers, throws, or waits.</param>
    public ScriptedHandler Next(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _script.Enqueue(answer);
        return this;
    }

    /// <summary>Queues a body of JSON.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">Further headers.</param>
    public ScriptedHandler Next(int status, string body, params (string Name, string Value)[] headers) =>
        Next(ScriptedAnswer.Json(body, status, headers));

    /// <summary>Queues a stream of events out of any stream.</summary>
    /// <param name="body">The bytes.</param>
    public ScriptedHandler NextStream(Stream body) =>
        Next(
            (_, _) =>
            {
                var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) };
                response.Content.Headers.ContentType = new MediaTypeHeaderValue(ScriptedStream.ContentType);
                return Task.FromResult(response);
            }
        );

    /// <summary>Queues a failure of the transport, for example an <see cref="HttpRequestException"/>.</summary>
    /// <param name="error">What is thrown.</param>
    public ScriptedHandler NextError(Exception error) => Next((_, _) => Task.FromException<HttpResponseMessage>(error));

    /// <summary>What answers every request for which nothing is queued.</summary>
    /// <param name="answer">Makes the answer.</param>
    public ScriptedHandler Otherwise(Func<RecordedRequest, ScriptedAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        _otherwise = async (request, cancellationToken) =>
            await answer(await RecordedRequest.ReadAsync(request, true, cancellationToken).ConfigureAwait(false))
                .PlayAsync(_time, cancellationToken)
                .ConfigureAwait(false);
        return this;
    }

    /// <summary>The next request that this method has not returned yet; waits for it, so that a test never has to sleep.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<RecordedRequest> NextRequestAsync(CancellationToken cancellationToken = default) =>
        _arrivals.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        int call = Interlocked.Increment(ref _calls);
        RecordedRequest record = await RecordedRequest
            .ReadAsync(request, recordBodies, cancellationToken)
            .ConfigureAwait(false);
        var answer = _script.TryDequeue(out var next) ? next : _otherwise;
        _requests.Enqueue(record);
        _arrivals.Writer.TryWrite(record);
        HttpResponseMessage response = answer is null
            ? Nothing(record, call)
            : await answer(request, cancellationToken).ConfigureAwait(false);
        response.RequestMessage ??= request;
        return response;
    }

    private static HttpResponseMessage Nothing(RecordedRequest request, int call) =>
        new(HttpStatusCode.NotImplemented)
        {
            Content = new StringContent(
                GroqBodies.Error(
                    $"No answer is scripted for {request.Method} {request.Path} (call {call}).",
                    "test",
                    "no_script"
                ),
                Encoding.UTF8,
                "application/json"
            ),
        };
}

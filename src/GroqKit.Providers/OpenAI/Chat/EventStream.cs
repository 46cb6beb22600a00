using System.Net.ServerSentEvents;
using GroqKit.Providers.Http;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>The events of one answer, each within the deadline for silence. For one reader.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly ProviderHttp _http;
    private readonly ProviderCall _call;
    private readonly HttpResponseMessage _answer;
    private readonly Deadline _deadline;
    private readonly CancellationToken _caller;
    private IAsyncEnumerator<SseItem<EventData>>? _events;

    public EventStream(ProviderHttp http, ProviderCall call, HttpResponseMessage answer, CancellationToken caller)
    {
        _http = http;
        _call = call;
        _answer = answer;
        _caller = caller;
        _deadline = new Deadline(http.StreamIdleTimeout, http.Time, caller);
    }

    /// <summary>Whether the end mark came.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The next event that holds data; null at the end.</summary>
    /// <exception cref="ProviderException">The stream broke or fell silent.</exception>
    public async ValueTask<SseItem<EventData>?> NextAsync()
    {
        _deadline.Extend(_http.StreamIdleTimeout);
        try
        {
            _events ??= await OpenAsync().ConfigureAwait(false);
            if (!await _events.MoveNextAsync().ConfigureAwait(false))
                return null;
            IsDone = _events.Current.Data.IsDone;
            return IsDone ? null : _events.Current;
        }
        catch (OperationCanceledException cancelled)
        {
            throw _deadline.Explain(cancelled, "the next piece of the stream", Details);
        }
        catch (Exception error) when (NetworkFailures.Handles(error))
        {
            // Ending the caller's token can surface as a broken connection.
            _caller.ThrowIfCancellationRequested();
            throw NetworkFailures.Map(error, hasBegun: true, Details);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_events is not null)
            await _events.DisposeAsync().ConfigureAwait(false);
        _deadline.Dispose();
    }

    private ProviderFailureDetails Details => _call.Details with { RequestId = _http.RequestIdOf(_answer) };

    private async Task<IAsyncEnumerator<SseItem<EventData>>> OpenAsync()
    {
        Stream body = await _answer.Content.ReadAsStreamAsync(_deadline.Token).ConfigureAwait(false);
        return SseParser
            .Create(body, EventData.Parse)
            .EnumerateAsync(_deadline.Token)
            .GetAsyncEnumerator(_deadline.Token);
    }
}

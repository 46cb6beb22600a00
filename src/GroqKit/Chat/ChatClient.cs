using System.Text.Json;
using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Chat;

/// <summary>Chat completions. Safe for all threads.</summary>
public sealed partial class ChatClient
{
    private readonly GroqHttp _http;
    private readonly Uri _completions;
    private readonly FastRead<ChatCompletion> _readUsual = new FastCompletionReader().TryRead;
    private BodyBuffer? _spareBuffer;

    internal ChatClient(GroqHttp http)
    {
        _http = http;
        _completions = http.Resolve("openai/v1/chat/completions");
    }

    /// <summary>Asks for a whole answer.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<ChatCompletion> CreateAsync(
        ChatRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        return options?.Repair is null
            ? SendAsync(request, options, cancellationToken)
            : AskAsync(request, static completion => completion, options, cancellationToken);
    }

    /// <summary>Asks for a streamed answer. Returns once its headers are there; its pieces follow in the stream.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call and the stream.</param>
    /// <returns>The stream, to be enumerated or collected once, or disposed of.</returns>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<ChatStream> StreamAsync(
        ChatRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        return options?.Repair is { } repair
            ? repair.RunAsync(request, (asked, repairs) => OpenAsync(asked, repairs, options, cancellationToken))
            : OpenAsync(request, [], options, cancellationToken);
    }

    private Task<ChatCompletion> SendAsync(
        ChatRequest request,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        byte[] body = Serialize(request, stream: false);
        return _http.SendAsync(
            HttpMethod.Post,
            _completions,
            body,
            GroqJson.Context.ChatCompletion,
            options,
            cancellationToken,
            Subject(request),
            _readUsual
        );
    }

    /// <summary>Asks, reads, and asks once more if that is agreed and what it takes.</summary>
    private async Task<TAnswer> AskAsync<TAnswer>(
        ChatRequest request,
        Func<ChatCompletion, TAnswer> read,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        if (options?.Repair is { } repair)
            return await repair.RunAsync(request, AskOnceAsync).ConfigureAwait(false);
        return await AskOnceAsync(request, []).ConfigureAwait(false);

        async Task<TAnswer> AskOnceAsync(ChatRequest asked, IReadOnlyList<GenerationRepair> repairs)
        {
            ChatCompletion completion = await SendAsync(asked, options, cancellationToken).ConfigureAwait(false);
            completion.Repairs = repairs;
            return read(completion);
        }
    }

    private async Task<ChatStream> OpenAsync(
        ChatRequest request,
        IReadOnlyList<GenerationRepair> repairs,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        byte[] body = Serialize(request, stream: true);
        ApiCall call = await _http
            .OpenAsync(
                _completions,
                body,
                AnswerKind.Events,
                options,
                cancellationToken,
                Subject(request),
                static () => new OutputProbe<ChatChunk>(new ChatProtocol())
            )
            .ConfigureAwait(false);
        return new ChatStream(call, _http.IdleTimeout(options), _http.Time, cancellationToken) { Repairs = repairs };
    }

    private static CallSubject Subject(ChatRequest request) =>
        new(ChatOperation.Instance, request.Model, RequestSize.Of(request), request);

    private byte[] Serialize(ChatRequest request, bool stream)
    {
        ArgumentNullException.ThrowIfNull(request);
        ChatRequestRules.Check(request);
        bool? wanted = stream ? true : null;
        if (request.Stream != wanted)
            request = request with { Stream = wanted };
        BodyBuffer buffer = Interlocked.Exchange(ref _spareBuffer, null) ?? new BodyBuffer();
        byte[] body;
        try
        {
            body = buffer.Write(request, ChatRequestWriter.Write);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw RequestJson.Unwritable(error, request, ChatRequestWriter.Write);
        }
        if (buffer.IsWorthKeeping)
            Volatile.Write(ref _spareBuffer, buffer);
        return body;
    }
}

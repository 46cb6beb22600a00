using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Extensions.AI;
using GroqKit.Providers.Http;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Chat completions as the ecosystem knows them. Immutable; safe for all threads.</summary>
internal sealed class OpenAIChatClient : IChatClient
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ProviderHttp _http;
    private readonly ProviderCall _site;
    private readonly Uri _address;
    private readonly ChatRequestWriter _writer;
    private readonly ChatClientMetadata _metadata;

    public OpenAIChatClient(ProviderHttp http, ProviderCall site, Uri address, OpenAIChatSettings settings)
    {
        _http = http;
        _site = site;
        _address = address;
        _writer = new ChatRequestWriter(settings);
        _metadata = new ChatClientMetadata("openai", site.Connection.Address, site.Model);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        Check(options);
        (ProviderCall call, ReadOnlyMemory<byte> body) = Write(messages, options, isStream: false);
        ChatAnswer answer = await _http
            .SendAsync(call, () => Request(body), ReadAsync, canRepeat: true, cancellationToken)
            .ConfigureAwait(false);
        if (answer.Choices is not { Count: > 0 })
            throw Malformed(call, "the answer holds no choice");
        return AnswerMapping.Map(answer);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        Check(options);
        return StreamAsync(messages, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, _metadata);

    /// <summary>Does nothing: the connections are the provider's.</summary>
    public void Dispose() { }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        (ProviderCall call, ReadOnlyMemory<byte> body) = Write(messages, options, isStream: true);
        long start = _http.Time.GetTimestamp();
        TimeSpan? firstOutput = null;
        using HttpResponseMessage answer = await _http
            .OpenAsync(call, () => Request(body), cancellationToken)
            .ConfigureAwait(false);
        string? requestId = _http.RequestIdOf(answer);
        var updates = new StreamMapping();
        var events = new EventStream(_http, call, answer, cancellationToken);
        await using (events.ConfigureAwait(false))
        {
            while (await events.NextAsync().ConfigureAwait(false) is { } data)
            {
                ChatAnswer piece = Parse(data, call, requestId);
                updates.Note(piece);
                if (piece.Choices is not { Count: > 0 } choices)
                {
                    yield return updates.Empty(piece);
                    continue;
                }
                foreach (ChoiceAnswer choice in choices)
                {
                    ChatResponseUpdate update = updates.Map(piece, choice);
                    if (update.Contents.Count > 0)
                        firstOutput ??= _http.Time.GetElapsedTime(start);
                    yield return update;
                }
            }
            if (!events.IsDone && !updates.IsFinished)
                throw Cut(call, requestId);
        }
        foreach (ChatResponseUpdate update in updates.Finish())
            yield return update;
        _http.Traffic.Completed(call, firstOutput, _http.Time.GetElapsedTime(start));
    }

    private (ProviderCall Call, ReadOnlyMemory<byte> Body) Write(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        bool isStream
    )
    {
        var own = options?.RawRepresentationFactory?.Invoke(this) as JsonObject;
        string model =
            own?["model"]?.GetValue<string>()
            ?? (string.IsNullOrWhiteSpace(options?.ModelId) ? _site.Model : options.ModelId)
            ?? throw new ArgumentException(
                "model: is missing: name it when the client is made, or in the options.",
                nameof(options)
            );
        ProviderCall call = model == _site.Model ? _site : _site with { Model = model };
        return (call, _writer.Write(call, messages, options, own, isStream));
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body) =>
        new(HttpMethod.Post, _address)
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = Json } },
        };

    private static async Task<ChatAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            return await JsonSerializer
                    .DeserializeAsync(body, OpenAIJson.Default.ChatAnswer, cancellationToken)
                    .ConfigureAwait(false)
                ?? throw new JsonException("The answer is null.");
        }
    }

    private ChatAnswer Parse(SseItem<EventData> item, ProviderCall call, string? requestId)
    {
        ChatAnswer? piece = item.Data.Answer;
        if (item.EventType != "error" && piece is { Error: null or { ValueKind: JsonValueKind.Null } })
            return piece;
        if (item.Data.Text is not { } text)
            throw Malformed(call, "a piece of the stream is not the JSON that was expected");
        // The call was accepted with 200: without a status of its own the error is the server's.
        throw _http.ReadError(HttpStatusCode.InternalServerError, text, call, requestId);
    }

    private static void Check(ChatOptions? options)
    {
        if (options?.ContinuationToken is not null)
        {
            throw new NotSupportedException(
                $"{nameof(ChatOptions)}.{nameof(ChatOptions.ContinuationToken)}: chat completions keep no answer that could be resumed."
            );
        }
    }

    private static ProviderException Malformed(ProviderCall call, string problem) =>
        new(ProviderFailure.Malformed, $"{call.Provider}: {problem}.", call.Details);

    private static ProviderException Cut(ProviderCall call, string? requestId) =>
        new(
            ProviderFailure.StreamCut,
            $"{call.Provider}: the stream ended without a finish reason.",
            call.Details with
            {
                RequestId = requestId,
            }
        );
}

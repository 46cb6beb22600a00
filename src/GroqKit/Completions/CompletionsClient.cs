using GroqKit.Errors;
using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Completions;

/// <summary>
/// Texts continued in the form from before chat, for servers that are compatible with Groq's paths and have it. Groq itself has not, and
/// calls to it are refused without being sent. Safe for all threads.
/// </summary>
public sealed class CompletionsClient
{
    private const string GroqDomain = "groq.com";

    private readonly GroqHttp _http;
    private readonly Uri _completions;

    internal CompletionsClient(GroqHttp http)
    {
        _http = http;
        _completions = http.Resolve("openai/v1/completions");
    }

    /// <summary>Asks for a whole answer.</summary>
    /// <param name="request">What to continue.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The server is Groq, or the request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<Completion> CreateAsync(
        CompletionRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        byte[] body = Serialize(request, stream: false);
        return _http.SendAsync(
            HttpMethod.Post,
            _completions,
            body,
            GroqJson.Context.Completion,
            options,
            cancellationToken,
            Subject(request)
        );
    }

    /// <summary>Asks for a streamed answer. Returns once its headers are there; its pieces follow in the stream.</summary>
    /// <param name="request">What to continue.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call and the stream.</param>
    /// <returns>The stream, to be enumerated or collected once, or disposed of.</returns>
    /// <exception cref="GroqValidationException">The server is Groq, or the request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public async Task<CompletionStream> StreamAsync(
        CompletionRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
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
                static () => new OutputProbe<Completion>(new CompletionProtocol())
            )
            .ConfigureAwait(false);
        return new CompletionStream(call, _http.IdleTimeout(options), _http.Time, cancellationToken);
    }

    private static CallSubject Subject(CompletionRequest request) =>
        new(TextCompletionOperation.Instance, request.Model, RequestSize.Of(request.Prompt), request);

    private byte[] Serialize(CompletionRequest request, bool stream)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckServer();
        CompletionRequestRules.Check(request);
        return RequestJson.Write(request with { Stream = stream ? true : null }, GroqJson.Context.CompletionRequest);
    }

    private void CheckServer()
    {
        string host = _http.Root.IdnHost;
        if (
            host.Equals(GroqDomain, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith($".{GroqDomain}", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw Rules.Invalid(
                nameof(GroqClientOptions.BaseUrl),
                "Groq has no completions without chat. Use Chat, or the address of a compatible server that has them."
            );
        }
    }
}

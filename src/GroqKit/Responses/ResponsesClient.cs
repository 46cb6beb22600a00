using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Responses;

/// <summary>Responses: chat in the newer form, a beta of Groq's. Safe for all threads.</summary>
public sealed class ResponsesClient
{
    private readonly GroqHttp _http;
    private readonly Uri _responses;

    internal ResponsesClient(GroqHttp http)
    {
        _http = http;
        _responses = http.Resolve("openai/v1/responses");
    }

    /// <summary>Asks for a whole answer.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<Response> CreateAsync(
        ResponseRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        byte[] body = Serialize(request, stream: false);
        return _http.SendAsync(
            HttpMethod.Post,
            _responses,
            body,
            GroqJson.Context.Response,
            options,
            cancellationToken,
            Subject(request)
        );
    }

    /// <summary>Asks for a streamed answer. Returns once its headers are there; its events follow in the stream.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call and the stream.</param>
    /// <returns>The stream, to be enumerated or collected once, or disposed of.</returns>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public async Task<ResponseStream> StreamAsync(
        ResponseRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        byte[] body = Serialize(request, stream: true);
        ApiCall call = await _http
            .OpenAsync(
                _responses,
                body,
                AnswerKind.Events,
                options,
                cancellationToken,
                Subject(request),
                static () => new OutputProbe<ResponseEvent>(new ResponseProtocol())
            )
            .ConfigureAwait(false);
        return new ResponseStream(call, _http.IdleTimeout(options), _http.Time, cancellationToken);
    }

    private static CallSubject Subject(ResponseRequest request) =>
        new(ResponseOperation.Instance, request.Model, RequestSize.Of(request), request);

    private static byte[] Serialize(ResponseRequest request, bool stream)
    {
        ArgumentNullException.ThrowIfNull(request);
        ResponseRequestRules.Check(request);
        bool? wanted = stream ? true : null;
        if (request.Stream != wanted)
            request = request with { Stream = wanted };
        return RequestJson.Write(request, GroqJson.Context.ResponseRequest);
    }
}

using GroqKit.Raw;

namespace GroqKit.Http;

/// <content>Answers that are not read as objects.</content>
internal sealed partial class GroqHttp
{
    /// <summary>Sends a call and reads its whole answer as it is. An error is returned like any answer, unless it is to be thrown.</summary>
    public Task<RawResponse> SendRawAsync(
        HttpMethod method,
        Uri uri,
        RequestBody? body,
        bool throwOnError,
        CallOptions? options,
        CancellationToken cancellationToken
    ) =>
        ReadRawAsync(
            Prepare(method, uri, null, body, AnswerKind.Json, options, keepsRefusal: !throwOnError),
            cancellationToken
        );

    /// <summary>Sends JSON and reads the whole answer, which is bytes.</summary>
    public Task<RawResponse> SendForBytesAsync(
        Uri uri,
        byte[] body,
        CallOptions? options,
        CallSubject subject,
        CancellationToken cancellationToken
    ) => ReadRawAsync(Prepare(HttpMethod.Post, uri, body, null, AnswerKind.Bytes, options, subject), cancellationToken);

    /// <summary>Sends JSON and returns once the headers of its answer are there, which is a stream of bytes.</summary>
    public Task<ContentStream> OpenBytesAsync(
        Uri uri,
        byte[] body,
        CallOptions? options,
        CallSubject subject,
        CancellationToken cancellationToken
    ) =>
        OpenStreamAsync(
            Prepare(HttpMethod.Post, uri, body, null, AnswerKind.ByteStream, options, subject),
            cancellationToken
        );

    /// <summary>Sends a call and returns once the headers of its answer are there, whatever its type.</summary>
    public Task<ContentStream> OpenContentAsync(
        HttpMethod method,
        Uri uri,
        RequestBody? body,
        CallOptions? options,
        CancellationToken cancellationToken
    ) => OpenStreamAsync(Prepare(method, uri, null, body, AnswerKind.Any, options), cancellationToken);

    private async Task<RawResponse> ReadRawAsync(ApiCall call, CancellationToken cancellationToken)
    {
        call.Telemetry = _observer.Start(call);
        try
        {
            await ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            call.Failed(error, default, Time.GetElapsedTime(call.StartedAt));
            if (error is GroqException { Status: not null } refused && call.Refusal is { } refusal)
                return new RawResponse(Describe(call, refusal), call.RefusalBody, refused);
            throw;
        }
        using HttpResponseMessage response = call.Response!;
        using PooledBody payload = call.Payload;
        ResponseMetadata metadata = Describe(call, response);
        call.Succeeded(default, Time.GetElapsedTime(call.StartedAt), metadata, answer: null);
        return new RawResponse(metadata, payload.Span.ToArray(), null);
    }

    private async Task<ContentStream> OpenStreamAsync(ApiCall call, CancellationToken cancellationToken)
    {
        call.Telemetry = _observer.Start(call);
        try
        {
            await ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
            Stream stream = await call.Response!.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new ContentStream(call, stream, Describe(call, call.Response), Time, cancellationToken);
        }
        catch (Exception error)
        {
            call.Response?.Dispose();
            call.Failed(error, default, Time.GetElapsedTime(call.StartedAt));
            throw;
        }
    }

    private ResponseMetadata Describe(ApiCall call, HttpResponseMessage response) =>
        new(response, call.Attempts, Time.GetElapsedTime(call.StartedAt));
}

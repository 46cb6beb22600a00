using GroqKit.Raw;

namespace GroqKit.Http;

/// <content>Answers that are not read as objects.</content>
internal sealed partial class GroqHttp
{
    /// <summary>Sends a call and reads its whole answer as it is. An error is returned like any answer, unless it is to be thrown.</summary>
    public async Task<RawResponse> SendRawAsync(
        HttpMethod method,
        Uri uri,
        RequestBody? body,
        bool throwOnError,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        ApiCall call = Prepare(method, uri, null, body, AnswerKind.Json, options, keepsRefusal: !throwOnError);
        try
        {
            await ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (GroqException error) when (error.Status is not null && call.Refusal is not null)
        {
            return new RawResponse(Describe(call, call.Refusal), call.RefusalBody, error);
        }
        using HttpResponseMessage response = call.Response!;
        using PooledBody payload = call.Payload;
        return new RawResponse(Describe(call, response), payload.Span.ToArray(), null);
    }

    /// <summary>Sends a call and returns once the headers of its answer are there, whatever its type.</summary>
    public async Task<ContentStream> OpenContentAsync(
        HttpMethod method,
        Uri uri,
        RequestBody? body,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        ApiCall call = Prepare(method, uri, null, body, AnswerKind.Any, options);
        await ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = call.Response!;
        try
        {
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new ContentStream(
                response,
                stream,
                Describe(call, response),
                IdleTimeout(options),
                Time,
                cancellationToken
            );
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private ResponseMetadata Describe(ApiCall call, HttpResponseMessage response) =>
        new(response, call.Attempts, Time.GetElapsedTime(call.StartedAt));
}

using System.Net;
using System.Text;
using GroqKit.Authentication;
using GroqKit.Errors;
using Polly;

namespace GroqKit.Http;

/// <summary>One attempt: sends the request and turns every way it can end into an answer or a typed error.</summary>
internal sealed class HttpAttempt(
    HttpMessageInvoker invoker,
    RequestFactory requests,
    IGroqAuthentication authentication,
    TimeProvider time
)
{
    private const int MaxAnswerBytes = 32 * 1024 * 1024;
    private const int MaxErrorBytes = 1024 * 1024;
    private const int KeptErrorLetters = 64 * 1024;

    public async ValueTask<Outcome<ApiCall>> RunAsync(ApiCall call, CancellationToken caller)
    {
        call.Refusal = null;
        TimeSpan limit = call.AttemptLimit = Limit(call);
        if (limit <= TimeSpan.Zero)
            return Outcome.FromException<ApiCall>(new GroqTimeoutException(TimeoutPhase.Total, call.TotalTimeout));
        call.Attempts++;
        using var deadline = new Deadline(limit, time, caller);
        TimedRequest? request = null;
        HttpResponseMessage? response = null;
        try
        {
            // The framework disposes of a request's content only; ours is a plain array, or closes its file itself.
            // An upload that moves is no silence: the deadline begins again with every piece.
            request = requests.Create(call, call.Form is null ? null : Renewal(call, deadline));
            await authentication.ApplyAsync(request, deadline.Token).ConfigureAwait(false);
            response = await invoker.SendAsync(request, deadline.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode || !IsExpected(call, response))
            {
                GroqException error = await ReadErrorAsync(call, response, deadline.Token).ConfigureAwait(false);
                response.Dispose();
                return Outcome.FromException<ApiCall>(error);
            }
            if (call.Answer is AnswerKind.Json or AnswerKind.Bytes)
            {
                call.Payload = await PooledBody
                    .ReadAsync(response.Content, MaxAnswerBytes, deadline.Token)
                    .ConfigureAwait(false);
            }
            call.Response = response;
            return Outcome.FromResult(call);
        }
        catch (OperationCanceledException error) when (caller.IsCancellationRequested)
        {
            response?.Dispose();
            return Outcome.FromException<ApiCall>(new OperationCanceledException(error.Message, error, caller));
        }
        catch (OperationCanceledException error) when (deadline.HasPassed)
        {
            response?.Dispose();
            return Outcome.FromException<ApiCall>(TimedOut(call, request, response, error));
        }
        catch (OperationCanceledException error) when (error.InnerException is TimeoutException)
        {
            return Outcome.FromException<ApiCall>(
                new GroqTimeoutException(ConnectPhase(request), requests.ConnectTimeout, Known(null), error)
            );
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            response?.Dispose();
            return Outcome.FromException<ApiCall>(new GroqNetworkException(error.Message, Known(response), error));
        }
        catch (GroqException error)
        {
            return Outcome.FromException<ApiCall>(error);
        }
    }

    private static GroqTimeoutException TimedOut(
        ApiCall call,
        TimedRequest? request,
        HttpResponseMessage? response,
        Exception error
    )
    {
        TimeoutPhase phase = response is null ? request?.Phase ?? TimeoutPhase.Headers : TimeoutPhase.Body;
        bool isTotal = call.AttemptLimit < call.AttemptTimeout || call.TotalTimeout <= call.AttemptTimeout;
        return new(phase, isTotal ? call.TotalTimeout : call.AttemptLimit, Known(response), error)
        {
            IsTotal = isTotal,
        };
    }

    // Another request may have begun the connection, and then this one was not told how far it came.
    private static TimeoutPhase ConnectPhase(TimedRequest? request) =>
        request?.Phase is TimeoutPhase.NameResolution or TimeoutPhase.TlsHandshake
            ? request.Phase
            : TimeoutPhase.Connect;

    private static ErrorDetails Known(HttpResponseMessage? response) =>
        new() { IsRetryable = true, RequestId = response?.Headers.First("x-request-id") };

    // No type at all is given the benefit of the doubt.
    private static bool IsExpected(ApiCall call, HttpResponseMessage response)
    {
        string? type = response.Content.Headers.ContentType?.MediaType;
        return call.Answer switch
        {
            AnswerKind.Json or AnswerKind.Any => true,
            AnswerKind.Events => type is null or "application/octet-stream" or "text/event-stream",
            _ => type is not ("application/json" or "text/html" or "text/plain"),
        };
    }

    private Action Renewal(ApiCall call, Deadline deadline) =>
        () => deadline.CancelAfter(call.AttemptLimit = Limit(call));

    private TimeSpan Limit(ApiCall call)
    {
        TimeSpan remaining = call.Remaining(time);
        TimeSpan limit = remaining < call.AttemptTimeout ? remaining : call.AttemptTimeout;
        return limit > TimeSpan.Zero ? limit : TimeSpan.Zero;
    }

    private async ValueTask<GroqException> ReadErrorAsync(
        ApiCall call,
        HttpResponseMessage response,
        CancellationToken token
    )
    {
        string text = "";
        WireError? error = null;
        try
        {
            using PooledBody body = await PooledBody
                .ReadAsync(response.Content, MaxErrorBytes, token)
                .ConfigureAwait(false);
            error = WireError.TryParse(body.Memory);
            if (call.KeepsRefusal)
                call.RefusalBody = body.Span.ToArray();
            text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Span.Length, KeptErrorLetters)]);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // The status says enough; a body that broke off must not hide it.
        }
        if (call.KeepsRefusal)
            call.Refusal = response;
        var known = new ErrorDetails
        {
            Body = text,
            RequestId = response.Headers.First("x-request-id"),
            RetryAfter = RetryAfter.From(response.Headers, time),
            RateLimits = RateLimits.From(response.Headers),
        };
        if (response.IsSuccessStatusCode && error is null)
        {
            return new GroqServerException(
                $"The answer is of a type that was not expected: {response.Content.Headers.ContentType?.MediaType}.",
                known with
                {
                    Status = response.StatusCode,
                }
            );
        }
        HttpStatusCode status =
            error?.StatusCode is { } code && response.IsSuccessStatusCode ? (HttpStatusCode)code : response.StatusCode;
        return ErrorMapping.Map(status, error, known, ShouldRetry(response));
    }

    private static bool? ShouldRetry(HttpResponseMessage response) =>
        response.Headers.First("x-should-retry") switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
}

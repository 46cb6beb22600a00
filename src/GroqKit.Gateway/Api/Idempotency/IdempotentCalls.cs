using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Idempotency;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Usage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Api.Idempotency;

/// <summary>
/// Runs a request with an <c>Idempotency-Key</c> once, on whichever node it comes in, and gives the same answer to every repetition; streams are
/// given again as they were recorded. What failed may be tried again. Calls without the header pay for one look at it.
/// </summary>
internal sealed partial class IdempotentCalls(
    IIdempotencyStore store,
    TimeProvider time,
    ILogger<IdempotentCalls> logger
)
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotent-Replayed";

    private const int MaxKey = 255;
    private const int MaxKept = 8 * 1024 * 1024;

    private static readonly TimeSpan Renewal = IIdempotencyStore.Lease / 3;

    // What a request means, beside its body.
    private static readonly string[] Meaning =
    [
        GatewayHeaders.Agent,
        GatewayHeaders.OnBreak,
        GatewayHeaders.Unmask,
        "if-match",
    ];

    // What is the gateway's own word on an answer is said again with it, whatever it will be: only ids and the caller's limits are another call's.
    private const string OwnHeaders = "x-groqkit-";

    private static readonly string[] KeptHeaders = ["Content-Type", "Cache-Control", "Location", "ETag"];

    /// <param name="context">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="tenant">Whose configuration or call it is.</param>
    /// <param name="meter">The account; null where nothing is metered.</param>
    /// <param name="handler">Runs the request.</param>
    /// <exception cref="GatewayException">The key is wrong, in use, or was used for something else.</exception>
    public Task RunAsync(HttpContext context, CallerKey caller, string tenant, RequestMeter? meter, Func<Task> handler)
    {
        StringValues header = context.Request.Headers[Header];
        return header.Count == 0 || !HttpMethods.IsPost(context.Request.Method)
            ? handler()
            : RunOnceAsync(context, ClaimOf(header, context.Request, caller, tenant), meter, handler);
    }

    private static IdempotencyClaim ClaimOf(StringValues header, HttpRequest request, CallerKey caller, string tenant)
    {
        if (header.Count > 1)
            throw RequestErrors.Duplicate(Header);
        string key = header.ToString();
        if (key.Length is 0 or > MaxKey || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw RequestErrors.WrongValue(Header, $"must be 1 to {MaxKey} visible ASCII characters");
        return new IdempotencyClaim(
            tenant,
            caller.Id,
            $"{request.Method} {request.Path}",
            key,
            Guid.NewGuid().ToString("N")
        );
    }

    private async Task RunOnceAsync(
        HttpContext context,
        IdempotencyClaim claim,
        RequestMeter? meter,
        Func<Task> handler
    )
    {
        if (!store.IsAvailable)
            throw IdempotencyErrors.Unavailable(cause: null);
        ClaimResult result = await ClaimAsync(claim, context.RequestAborted);
        if (result.State == ClaimState.Running)
            throw IdempotencyErrors.Running();
        await using var body = new RequestFingerprint(context.Request, Meaning);
        if (result.State == ClaimState.Done)
        {
            if (await body.FinishAsync(context.RequestAborted) != result.Fingerprint)
                throw IdempotencyErrors.OtherRequest();
            await ReplayAsync(context, result.Answer ?? throw IdempotencyErrors.TooLong(), meter);
            return;
        }
        bool completed = false;
        DateTimeOffset began = time.GetUtcNow();
        IFeatureCollection features = context.Features;
        IHttpResponseBodyFeature own = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var tap = new ResponseTap(context.Response, own, MaxKept);
        tap.BeforeEnd = EndAsync;
        Stream given = context.Request.Body;
        context.Request.Body = body;
        features.Set<IHttpResponseBodyFeature>(tap);
        using var ended = new CancellationTokenSource();
        Task renewing = RenewAsync(claim, ended.Token);
        try
        {
            await handler();
            if (!completed)
                await EndAsync();
        }
        finally
        {
            features.Set(own);
            context.Request.Body = given;
            await ended.CancelAsync();
            await renewing;
            if (!completed)
                await ReleaseAsync(claim);
        }

        // Before the last bytes go out, and also for a caller that left just now: who misses the end of an answer is the one that asks again.
        async Task EndAsync()
        {
            if (context.Response.StatusCode >= 300 || meter?.Ended is not (null or Outcome.Completed))
                return;
            string fingerprint = await body.FinishAsync(CancellationToken.None);
            await CompleteAsync(claim, fingerprint, AnswerOf(context.Response, tap), meter?.EndUser, began);
            completed = true;
        }
    }

    private async Task<ClaimResult> ClaimAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ClaimAsync(claim, cancellationToken);
        }
        catch (Exception failure) when (failure is StorageException or SecretException)
        {
            throw IdempotencyErrors.Unavailable(failure);
        }
    }

    private static async Task ReplayAsync(HttpContext context, StoredAnswer answer, RequestMeter? meter)
    {
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers)
            response.Headers[name] = value;
        response.Headers[Replayed] = "true";
        response.ContentLength = answer.Body.Length;
        if (meter is not null)
        {
            // Nothing was asked of anybody.
            meter.Cached = true;
            meter.OutputBegan();
            meter.Settle(Outcome.Completed, answer.Status);
        }
        await response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static StoredAnswer? AnswerOf(HttpResponse response, ResponseTap tap) =>
        tap.Copy is { } body
            ? new StoredAnswer(
                response.StatusCode,
                response
                    .Headers.Where(header => IsKept(header.Key))
                    .ToDictionary(header => header.Key, header => header.Value.ToString()),
                body
            )
            : null;

    private static bool IsKept(string header) =>
        header.StartsWith(OwnHeaders, StringComparison.OrdinalIgnoreCase)
        || KeptHeaders.Contains(header, StringComparer.OrdinalIgnoreCase);

    private async Task CompleteAsync(
        IdempotencyClaim claim,
        string fingerprint,
        StoredAnswer? answer,
        string? endUser,
        DateTimeOffset began
    )
    {
        try
        {
            await store.CompleteAsync(claim, fingerprint, answer, endUser, began, CancellationToken.None);
        }
        catch (Exception failure) when (failure is StorageException or SecretException)
        {
            NotKept(failure, claim.Route);
        }
    }

    private async Task ReleaseAsync(IdempotencyClaim claim)
    {
        try
        {
            await store.ReleaseAsync(claim, CancellationToken.None);
        }
        catch (StorageException failure)
        {
            // Its lease runs out by itself.
            NotKept(failure, claim.Route);
        }
    }

    private async Task RenewAsync(IdempotencyClaim claim, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
                await store.RenewAsync(claim, ended);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (StorageException failure)
        {
            NotKept(failure, claim.Route);
        }
    }

    [LoggerMessage(141, LogLevel.Warning, "{Route}: its Idempotency-Key can't be noted")]
    private partial void NotKept(Exception failure, string route);
}

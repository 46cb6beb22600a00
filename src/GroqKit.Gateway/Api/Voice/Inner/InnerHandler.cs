using System.Net;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Api.Voice.Inner;

/// <summary>
/// Carries the stages of a spoken turn to the gateway's own routes, within the process: each goes through the same door as a caller's own call, with
/// the caller's key, so that limits, fallback, prices and accounts are the same and exist once.
/// </summary>
internal sealed class InnerHandler(
    Func<string, RequestDelegate?> routes,
    IServiceProvider services,
    IHeaderDictionary identity,
    TurnAccount account,
    bool avoidsBroken = false
) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        RequestDelegate route =
            routes(request.RequestUri!.AbsolutePath)
            ?? throw new InvalidOperationException($"There is no inner route {request.RequestUri.AbsolutePath}.");
        var answer = new InnerResponse();
        var call = new TurnCall(account, StageOf(request.RequestUri.AbsolutePath));
        answer.OnStarting(
            _ =>
            {
                if (answer.StatusCode < 300)
                    call.Served($"{answer.Headers[GatewayHeaders.Provider]}/{answer.Headers[GatewayHeaders.Model]}");
                return Task.CompletedTask;
            },
            answer
        );
        HttpContext context = await CreateAsync(request, answer, call, cancellationToken);
        CancellationTokenRegistration leaving = cancellationToken.Register(answer.Abort);
        Task running = RunAsync(route, context, answer, call);
        try
        {
            await answer.Started.WaitAsync(cancellationToken);
        }
        catch
        {
            answer.Abort();
            await running;
            await leaving.DisposeAsync();
            throw;
        }
        var message = new HttpResponseMessage((HttpStatusCode)answer.StatusCode)
        {
            RequestMessage = request,
            Content = new StreamContent(new InnerBody(answer, running, leaving)),
        };
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                message.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        return message;
    }

    private static VoiceStage StageOf(string path) =>
        path.EndsWith("/transcriptions", StringComparison.Ordinal) ? VoiceStage.Hearing
        : path.EndsWith("/speech", StringComparison.Ordinal) ? VoiceStage.Speaking
        : VoiceStage.Answering;

    private static IEnumerable<KeyValuePair<string, IEnumerable<string>>> HeadersOf(HttpRequestMessage request) =>
        request.Content is null ? request.Headers : request.Headers.Concat(request.Content.Headers);

    private static async Task RunAsync(RequestDelegate route, HttpContext context, InnerResponse answer, TurnCall call)
    {
        // Who asked does not wait while the route works, nor does the route see who else runs.
        await Task.Yield();
        using IDisposable kept = TurnAccounts.Keep(call);
        try
        {
            await route(context);
            await answer.EndAsync(null);
        }
        catch (Exception failure)
        {
            await answer.EndAsync(failure);
        }
    }

    private async Task<HttpContext> CreateAsync(
        HttpRequestMessage request,
        InnerResponse answer,
        TurnCall call,
        CancellationToken cancellationToken
    )
    {
        var features = new FeatureCollection();
        var asked = new HttpRequestFeature
        {
            Method = request.Method.Method,
            Path = request.RequestUri!.AbsolutePath,
            Protocol = "HTTP/1.1",
            Scheme = "http",
        };
        foreach ((string name, IEnumerable<string> values) in HeadersOf(request))
        {
            if (!name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                asked.Headers[name] = values.ToArray();
        }
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in identity)
            asked.Headers[name] = values;
        if (request.Content is not null)
            asked.Body = await request.Content.ReadAsStreamAsync(cancellationToken);
        features.Set<IHttpRequestFeature>(asked);
        features.Set<IHttpResponseFeature>(answer);
        features.Set<IHttpResponseBodyFeature>(answer);
        features.Set<IHttpRequestLifetimeFeature>(answer);
        features.Set<IFallbackWatch>(call);
        if (TimedVoice.Words is { } words)
            features.Set(words);
        if (avoidsBroken)
            features.Set(new AvoidedProviders(account.BrokenVoices));
        return new DefaultHttpContext(features) { RequestServices = services };
    }
}

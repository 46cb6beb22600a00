using System.Net.Http.Headers;
using GroqKit.Gateway.Infrastructure.Egress;
using GroqKit.Gateway.Services.Egress;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>Posts over an HTTP stack of its own, which connects to checked addresses only and reads nothing of the answer's body.</summary>
internal sealed class WebhookSender : IWebhookSender, IDisposable
{
    private const string UserAgent = "GroqKit-Webhooks/1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EgressRules _rules;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public WebhookSender(EgressRules rules, IHostResolver resolver, TimeProvider time)
    {
        _rules = rules;
        _time = time;
        _http = new HttpMessageInvoker(GuardedHandler.Create(rules, resolver));
    }

    public async Task<SendResult> SendAsync(
        Uri url,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("User-Agent", UserAgent);
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        try
        {
            // What was allowed when the target was made may not be any more.
            _rules.Check(url);
            using HttpResponseMessage answer = await _http.SendAsync(request, either.Token);
            return new SendResult((int)answer.StatusCode, null, RetryAfterOf(answer));
        }
        catch (EgressException refused)
        {
            return Failed($"Its address {refused.Message}.");
        }
        catch (HttpRequestException failure) when (failure.InnerException is EgressException refused)
        {
            return Failed($"Its address {refused.Message}.");
        }
        catch (HttpRequestException)
        {
            return Failed("It could not be reached.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"It did not answer within {Patience.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private TimeSpan? RetryAfterOf(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => null,
        };

    private static SendResult Failed(string reason) => new(Status: null, reason, RetryAfter: null);
}

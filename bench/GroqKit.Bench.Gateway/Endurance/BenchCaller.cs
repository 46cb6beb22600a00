using System.Net.Http.Headers;
using System.Text;

namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>Asks a target for chats, whole or streamed.</summary>
internal sealed class BenchCaller(Uri target, string key) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    /// <summary>Returns as soon as the answer's headers are there.</summary>
    public async Task<HttpResponseMessage> AskAsync(string body, CancellationToken cancellationToken = default) =>
        await SendAsync(
            "/openai/v1/chat/completions",
            new StringContent(body, Encoding.UTF8, "application/json"),
            cancellationToken
        );

    public async Task<HttpResponseMessage> SendAsync(
        string path,
        HttpContent content,
        CancellationToken cancellationToken = default
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        HttpResponseMessage answer = await _invoker.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        string text = await answer.Content.ReadAsStringAsync(cancellationToken);
        answer.Dispose();
        throw new HttpRequestException($"{target} answered {(int)answer.StatusCode}: {text}");
    }

    public void Dispose() => _invoker.Dispose();
}

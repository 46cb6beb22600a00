using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GroqKit.Bench.Gateway;

/// <summary>The least that a .NET gateway can do: copy the request, copy the answer, flush after each read. The measure for ours.</summary>
internal sealed class Passthrough(Uri upstream) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = int.MaxValue,
        }
    );

    public async Task ForwardAsync(HttpContext context)
    {
        CancellationToken gone = context.RequestAborted;
        using HttpRequestMessage request = Copy(context.Request);
        using HttpResponseMessage answer = await _invoker.SendAsync(request, gone);
        context.Response.StatusCode = (int)answer.StatusCode;
        Copy(answer.Headers.NonValidated, context.Response.Headers);
        Copy(answer.Content.Headers.NonValidated, context.Response.Headers);

        await using Stream body = await answer.Content.ReadAsStreamAsync(gone);
        PipeWriter writer = context.Response.BodyWriter;
        while (await body.ReadAsync(writer.GetMemory(4096), gone) is > 0 and var read)
        {
            writer.Advance(read);
            await writer.FlushAsync(gone);
        }
    }

    public void Dispose() => _invoker.Dispose();

    private HttpRequestMessage Copy(HttpRequest original)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(original.Method),
            new Uri(upstream, $"{original.Path}{original.QueryString}")
        )
        {
            Content = new StreamContent(original.Body),
        };
        foreach ((string name, StringValues values) in original.Headers)
        {
            if (name is not ("Host" or "Connection" or "Transfer-Encoding"))
            {
                if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                    request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
        return request;
    }

    private static void Copy(System.Net.Http.Headers.HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in from)
        {
            if (!name.Equals(HeaderNames.TransferEncoding, StringComparison.OrdinalIgnoreCase))
                to.Append(name, values.ToArray());
        }
    }
}

using System.Buffers;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Relays an answer of bytes, such as sound or a file, as it comes: every piece goes out the moment it is there. Nothing is promised before
/// the first piece; a body that breaks off later is left visibly unfinished.
/// </summary>
internal sealed class BytesRelay(UpstreamClient upstream)
{
    private const int PieceSize = 16 * 1024;
    private const int MaxType = 128;

    /// <param name="exchange">The call.</param>
    /// <param name="answer">The provider's answer.</param>
    /// <param name="provider">Its name.</param>
    /// <param name="contentType">What it is.</param>
    /// <param name="passing">
    /// Sees every piece before it goes out, and says how much of its beginning is left out; null where nothing is.
    /// </param>
    /// <param name="patience">How long the first piece may take, because somebody else is left to ask.</param>
    public async Task RunAsync(
        Exchange exchange,
        HttpResponseMessage answer,
        string provider,
        string contentType,
        IBytesWatch? passing = null,
        TimeSpan? patience = null
    )
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        HttpResponse response = exchange.Response;
        try
        {
            await using Stream body = await answer.Content.ReadAsStreamAsync(exchange.Lifetime.Token);
            while (true)
            {
                TimeSpan? wait = response.HasStarted ? null : patience;
                int read = await upstream.ReadAsync(body, buffer, provider, exchange.Lifetime, wait);
                if (read == 0)
                    break;
                ReadOnlyMemory<byte> piece = passing?.Pass(buffer.AsMemory(0, read)) ?? buffer.AsMemory(0, read);
                if (piece.IsEmpty)
                    continue;
                if (!response.HasStarted)
                {
                    exchange.Meter.OutputBegan();
                    Begin(response, contentType, passing is null ? answer.Content.Headers.ContentLength : null);
                }
                await exchange.SendAsync(piece, exchange.Lifetime.Token);
            }
            await EndAsync(exchange, passing, provider);
        }
        catch (OperationCanceledException)
        {
            throw exchange.Lifetime.Explain(provider);
        }
        finally
        {
            passing?.Account(exchange.Meter);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The type that a provider gives its answer, where it is fit to be passed on.</summary>
    public static string TypeOf(HttpResponseMessage answer, string usual) =>
        answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values)
        && values.ToString() is { Length: > 0 and <= MaxType } type
        && !type.AsSpan().ContainsAnyExceptInRange(' ', '~')
        // Never what a browser would run.
        && !type.Contains("html", StringComparison.OrdinalIgnoreCase)
        && !type.Contains("script", StringComparison.OrdinalIgnoreCase)
            ? type
            : usual;

    private static void Begin(HttpResponse response, string contentType, long? length)
    {
        response.ContentType = contentType;
        response.ContentLength = length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["x-accel-buffering"] = "no";
    }

    private static async ValueTask EndAsync(Exchange exchange, IBytesWatch? passing, string provider)
    {
        passing?.Account(exchange.Meter);
        if (!exchange.Response.HasStarted)
        {
            // Sound without sound is none; an empty file is one.
            if (passing is not null)
                throw UpstreamErrors.Cut(provider);
            Begin(exchange.Response, "application/octet-stream", length: 0);
        }
        exchange.Meter.Settle(Outcome.Completed, exchange.Response.StatusCode);
        if (passing?.End() is { IsEmpty: false } last)
            await exchange.SendAsync(last, exchange.Lifetime.Token);
    }
}

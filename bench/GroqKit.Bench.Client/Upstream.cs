using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Bench.Client;

/// <summary>Groq's side on loopback: whole answers after a while, streams at a pace, uploads that are read and forgotten.</summary>
internal sealed class Upstream(TimeSpan delay, TimeSpan pace, int chunks)
{
    /// <summary>Says where it listens, and ends with its input.</summary>
    public async Task RunAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        await using WebApplication app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, TimeProvider.System, context.RequestAborted);
        HttpResponse response = context.Response;
        foreach (var (name, value) in Canned.Headers)
            response.Headers[name] = value;
        if (context.Request.Headers.Accept == "text/event-stream")
        {
            await StreamAsync(response, context.RequestAborted);
            return;
        }
        bool isUpload = context.Request.Path.Value!.EndsWith("/transcriptions", StringComparison.Ordinal);
        ReadOnlyMemory<byte> answer = isUpload ? """{"text":"hi"}"""u8.ToArray() : Canned.Answer;
        response.ContentType = "application/json";
        response.ContentLength = answer.Length;
        await response.BodyWriter.WriteAsync(answer, context.RequestAborted);
    }

    private async Task StreamAsync(HttpResponse response, CancellationToken gone)
    {
        response.ContentType = "text/event-stream";
        for (int i = 0; i < chunks; i++)
        {
            await response.BodyWriter.WriteAsync(Canned.Chunk, gone);
            await Task.Delay(pace, TimeProvider.System, gone);
        }
        await response.BodyWriter.WriteAsync(Canned.End, gone);
    }
}

using System.Buffers;
using System.Text.Json;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Ends a call with an answer that the gateway wrote itself.</summary>
internal static class JsonAnswer
{
    public static Task WriteAsync(Exchange exchange, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return WriteAsync(exchange, buffer.WrittenMemory, "application/json");
    }

    /// <summary>Settles the account, then sends: who has the answer has been accounted for.</summary>
    public static async Task WriteAsync(Exchange exchange, ReadOnlyMemory<byte> body, string contentType)
    {
        HttpResponse response = exchange.Response;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        UsageRecord? account = exchange.Meter.Settle(Outcome.Completed, response.StatusCode);
        CostHeader.Tell(response, account?.Cost);
        await response.BodyWriter.WriteAsync(body, exchange.Lifetime.Token);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Takes signed messages: checks, stores and answers at once; the source's handler comes to them in the background.</summary>
internal sealed class IncomingWebhooks(
    IRecordStore<WebhookSource> sources,
    IReceiptStore receipts,
    WebhookSecrets secrets,
    TimeProvider time
)
{
    public const string JobKind = "webhook.handle";

    private const int MaxId = 256;

    /// <returns>True when the message is new, false when its sender has sent it again.</returns>
    /// <exception cref="GatewayException">It isn't signed as it should be, is too old, or is played back.</exception>
    public async Task<bool> TakeAsync(
        string tenant,
        string name,
        string? id,
        string? timestamp,
        string? signatures,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        WebhookSource? source = await sources.FindAsync(tenant, name, cancellationToken);
        IReadOnlyList<WebhookSecret> valid = source is null
            ? []
            : secrets.Open(WebhookSecrets.PlaceOfSource(tenant, name), source.Secrets);
        SignatureVerdict verdict = WebhookSignature.Check(
            valid,
            id,
            timestamp,
            signatures,
            body.Span,
            time.GetUtcNow()
        );
        if (verdict != SignatureVerdict.Valid)
            throw WebhookErrors.Refused(verdict);
        if (id!.Length > MaxId)
            throw RequestErrors.WrongValue(WebhookHeaders.Id, $"is longer than {MaxId} characters");
        var message = new IncomingMessage(
            tenant,
            name,
            id,
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp!, CultureInfo.InvariantCulture)),
            ReadJson(body)
        );
        ReceiptVerdict receipt = await receipts.TakeAsync(message, JobFor(message), cancellationToken);
        return receipt != ReceiptVerdict.Replayed ? receipt == ReceiptVerdict.New : throw WebhookErrors.Replayed(id);
    }

    private static JobRequest JobFor(IncomingMessage message)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("source"u8, message.Source);
            json.WriteString("message"u8, message.Id);
            json.WriteEndObject();
        }
        return new JobRequest(
            message.Tenant,
            JobKind,
            Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)
        );
    }

    private static string ReadJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Encoding.UTF8.GetString(body.Span);
        }
        catch (JsonException broken)
        {
            throw RequestErrors.InvalidJson($"The body is not valid JSON: {broken.Message}");
        }
    }
}

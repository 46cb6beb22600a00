using System.Text.Json;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Brings stored messages to the handlers that their sources name.</summary>
internal sealed class IncomingJobs(
    IRecordStore<WebhookSource> sources,
    IReceiptStore receipts,
    IEnumerable<IIncomingHandler> handlers
) : IJobHandler
{
    private readonly Dictionary<string, IIncomingHandler> _handlers = handlers.ToDictionary(handler => handler.Name);

    public string Kind => IncomingWebhooks.JobKind;

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken cancellationToken)
    {
        using JsonDocument payload = JsonDocument.Parse(job.Payload);
        string source = payload.RootElement.GetProperty("source").GetString()!;
        string id = payload.RootElement.GetProperty("message").GetString()!;
        if (await receipts.FindAsync(job.Tenant, source, id, cancellationToken) is not { } message)
            return JobOutcome.Aside("The message is not kept any more.");
        if (await sources.FindAsync(job.Tenant, source, cancellationToken) is not { } from)
            return JobOutcome.Aside($"There is no source '{source}' any more.");
        return _handlers.TryGetValue(from.Handler, out IIncomingHandler? handler)
            ? await handler.HandleAsync(message, cancellationToken)
            : JobOutcome.Aside($"This gateway has no handler '{from.Handler}'.");
    }
}

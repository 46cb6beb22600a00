using System.Text.Json;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Runs the background task that a message names in <c>data.task</c>; only for sources of the operator's own tenant.</summary>
internal sealed class SyncHandler(ISyncStore store) : IIncomingHandler
{
    public string Name => "sync";

    public async Task<JobOutcome> HandleAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        if (message.Tenant != Tenants.Home)
            return JobOutcome.Aside("Background tasks are the operator's.");
        if (TaskOf(message.Body) is not { } task)
            return JobOutcome.Aside("The message names no task in data.task.");
        return await store.HurryAsync(SyncJob.KindOf(task), change: null, cancellationToken)
            ? JobOutcome.Done()
            : JobOutcome.Aside($"The background task '{task}' runs already, or does not exist.");
    }

    private static string? TaskOf(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return
            document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("data", out JsonElement data)
            && data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty("task", out JsonElement task)
            && task.ValueKind == JsonValueKind.String
            ? task.GetString()
            : null;
    }
}

using System.Text.Json;

namespace GroqKit.Gateway.Services.Audit;

/// <summary>A change as the admin API shows it.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="At">When.</param>
/// <param name="Actor">The id of the key that asked for it.</param>
/// <param name="Action">For example agents.update.</param>
/// <param name="Target">For example agents/support.</param>
/// <param name="Details">What the record was after it, or before it was deleted.</param>
/// <param name="RequestId">The x-request-id of the call that asked for it.</param>
internal sealed record AuditView(
    long Id,
    DateTimeOffset At,
    string Actor,
    string Action,
    string Target,
    JsonElement Details,
    string RequestId
)
{
    public static AuditView Of(AuditEntry entry)
    {
        using JsonDocument details = JsonDocument.Parse(entry.Change.Details);
        return new AuditView(
            entry.Id,
            entry.Change.At,
            entry.Change.Actor,
            entry.Change.Action,
            entry.Change.Target,
            details.RootElement.Clone(),
            entry.Change.RequestId
        );
    }
}

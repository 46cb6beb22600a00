using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Audit;

/// <summary>A change as the log keeps it.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="Change">Who did what.</param>
internal sealed record AuditEntry(long Id, Change Change);

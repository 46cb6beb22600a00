using System.Text.Json;

namespace GroqKit.Gateway.Services.Jobs;

/// <summary>A job as the admin API shows it.</summary>
/// <param name="Id">Sorts by the time at which the job was made.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Payload">With what.</param>
/// <param name="State">waiting, running, done or aside (it failed as often as it may).</param>
/// <param name="DueAt">Not before.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="MaxAttempts">After as many failures it is put aside.</param>
/// <param name="Worker">Who does it now.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it was done or put aside.</param>
internal sealed record JobView(
    string Id,
    string Kind,
    JsonElement Payload,
    string State,
    DateTimeOffset DueAt,
    int Attempts,
    int MaxAttempts,
    string? Worker,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt
)
{
    public static JobView Of(Job job)
    {
        using JsonDocument payload = JsonDocument.Parse(job.Payload);
        return new JobView(
            job.Id,
            job.Kind,
            payload.RootElement.Clone(),
            job.State,
            job.DueAt,
            job.Attempts,
            job.MaxAttempts,
            job.LeaseOwner,
            job.LastError,
            job.CreatedAt,
            job.FinishedAt
        );
    }
}

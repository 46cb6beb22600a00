namespace GroqKit.Gateway.Infrastructure.Sync;

/// <summary>How long things are kept.</summary>
/// <param name="Usage">Accounts of single calls; the hourly sums stay.</param>
/// <param name="Events">Webhooks that went out or came in, and their log.</param>
/// <param name="Jobs">Jobs that are done or were put aside.</param>
internal sealed record RetentionOptions(TimeSpan Usage, TimeSpan Events, TimeSpan Jobs);

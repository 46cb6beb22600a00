using System.Globalization;

namespace GroqKit.Gateway.Dashboard.Watching;

/// <summary>A span of time that figures are shown for.</summary>
/// <param name="Name">What stands in the address.</param>
/// <param name="Title">What people read.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Group">hour or day: how its chart is divided.</param>
internal sealed record Span(string Name, string Title, TimeSpan Length, string Group)
{
    public static IReadOnlyList<Span> All { get; } =
    [
        new("1h", "1 hour", TimeSpan.FromHours(1), "hour"),
        new("24h", "24 hours", TimeSpan.FromHours(24), "hour"),
        new("7d", "7 days", TimeSpan.FromDays(7), "day"),
        new("30d", "30 days", TimeSpan.FromDays(30), "day"),
    ];

    /// <summary>How long each part of its chart is.</summary>
    public TimeSpan Step => Group == "day" ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1);

    public static Span Of(string? name) => All.FirstOrDefault(span => span.Name == name) ?? All[1];

    /// <summary>Where it begins: at a whole hour, so that sums of hours answer it, except for the last hour.</summary>
    public DateTimeOffset From(DateTimeOffset now)
    {
        if (Length <= TimeSpan.FromHours(1))
            return now - Length;
        DateTimeOffset from = now - Length + TimeSpan.FromHours(1);
        return new DateTimeOffset(from.UtcTicks - from.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
    }

    /// <summary>The names of all its hours or days, so that those without calls are in the chart too.</summary>
    public IEnumerable<(DateTimeOffset At, string Name)> Steps(DateTimeOffset now)
    {
        DateTimeOffset at = From(now);
        for (at = new DateTimeOffset(at.UtcTicks - at.UtcTicks % Step.Ticks, TimeSpan.Zero); at <= now; at += Step)
            yield return (
                at,
                at.UtcDateTime.ToString(Group == "day" ? "MMM d" : "HH:mm", CultureInfo.InvariantCulture)
            );
    }
}

using System.Globalization;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>The place of an account in the order of time.</summary>
internal readonly record struct UsagePlace(long StartedAt, string RequestId)
{
    public static UsagePlace Of(in UsageRecord record) =>
        new(record.StartedAt.ToUnixTimeMilliseconds(), record.RequestId);

    public static bool TryParse(string text, out UsagePlace place)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        place = default;
        if (
            dot < 0
            || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long startedAt)
        )
            return false;
        place = new UsagePlace(startedAt, text[(dot + 1)..]);
        return true;
    }

    public override string ToString() => $"{StartedAt}.{RequestId}";
}

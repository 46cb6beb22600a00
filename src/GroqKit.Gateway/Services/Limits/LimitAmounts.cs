using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>What a call needs or used, in the smallest parts that are counted.</summary>
/// <param name="Requests">Calls.</param>
/// <param name="Tokens">Prompt and completion together.</param>
/// <param name="AudioMilliseconds">Of audio sent or made.</param>
/// <param name="Characters">Of text to speak.</param>
/// <param name="NanoDollars">Billionths of a US dollar; null when the price isn't known.</param>
internal readonly record struct LimitAmounts(
    long Requests,
    long Tokens,
    long AudioMilliseconds,
    long Characters,
    long? NanoDollars
)
{
    private const decimal Nano = 1_000_000_000m;

    /// <summary>What a finished call really used. Its cost is null when it isn't known.</summary>
    public static LimitAmounts Of(in UsageRecord record) =>
        new(
            1,
            Math.Max(record.Usage.Total, record.Usage.Prompt + record.Usage.Completion),
            (long)
                (
                    (record.Speech.AudioIn + record.Speech.AudioOut)
                    ?? record.Speech.AudioIn
                    ?? record.Speech.AudioOut
                    ?? default
                ).TotalMilliseconds,
            record.Speech.Characters,
            ToNano(record.Cost)
        );

    /// <summary>Rounded up, so that many small amounts never count as nothing.</summary>
    public static long? ToNano(decimal? dollars) => dollars is { } known ? (long)decimal.Ceiling(known * Nano) : null;

    public long? Of(LimitUnit unit) =>
        unit switch
        {
            LimitUnit.Requests => Requests,
            LimitUnit.Tokens => Tokens,
            LimitUnit.AudioSeconds => AudioMilliseconds,
            LimitUnit.Characters => Characters,
            _ => NanoDollars,
        };

    /// <summary>A limit's amount in the same parts.</summary>
    public static long Scale(LimitUnit unit, decimal amount) =>
        unit switch
        {
            LimitUnit.AudioSeconds => (long)(amount * 1000m),
            LimitUnit.Cost => (long)(amount * Nano),
            _ => (long)amount,
        };

    /// <summary>Parts as the amount that people read.</summary>
    public static decimal Unscale(LimitUnit unit, long parts) =>
        unit switch
        {
            LimitUnit.AudioSeconds => parts / 1000m,
            LimitUnit.Cost => parts / Nano,
            _ => parts,
        };
}

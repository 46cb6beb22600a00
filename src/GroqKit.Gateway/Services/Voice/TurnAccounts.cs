using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>Gives the accounts of calls that are made for a spoken turn to that turn, besides everyone else who is told.</summary>
internal sealed class TurnAccounts : IUsageSink
{
    private static readonly AsyncLocal<TurnCall?> Current = new();

    /// <summary>From here on, what this flow of control does is a call of a turn.</summary>
    public static IDisposable Keep(TurnCall call)
    {
        Current.Value = call;
        return Ending.Instance;
    }

    public void Record(in UsageRecord record) => Current.Value?.Ended(record);

    private sealed class Ending : IDisposable
    {
        public static Ending Instance { get; } = new();

        public void Dispose() => Current.Value = null;
    }
}

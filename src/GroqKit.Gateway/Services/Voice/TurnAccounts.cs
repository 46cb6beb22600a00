using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>Gives the accounts of calls that are made for a spoken turn to that turn, besides everyone else who is told.</summary>
internal sealed class TurnAccounts : IUsageSink
{
    private static readonly AsyncLocal<TurnAccount?> Current = new();

    /// <summary>From here on, calls that this flow of control makes belong to a turn.</summary>
    public static IDisposable Keep(TurnAccount account)
    {
        Current.Value = account;
        return Ending.Instance;
    }

    public void Record(in UsageRecord record) => Current.Value?.Add(in record);

    private sealed class Ending : IDisposable
    {
        public static Ending Instance { get; } = new();

        public void Dispose() => Current.Value = null;
    }
}

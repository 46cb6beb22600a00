using GroqKit.Gateway.Services.Voice;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>A turn that runs, and what has to be done once it has ended.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Account">What it uses.</param>
/// <param name="Clients">Disposed of with it.</param>
/// <param name="Ended">Told when it has.</param>
internal sealed record SpokenTurn(VoiceTurn Turn, TurnAccount Account, ProviderSet Clients, Action Ended)
    : IAsyncDisposable
{
    /// <summary>Ends it, unless it has ended, and keeps what came of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Turn.DisposeAsync();
        Ended();
        Clients.Dispose();
    }
}

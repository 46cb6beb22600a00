using GroqKit.Gateway.Services.Voice;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>A turn that runs, and what has to be done once it has ended.</summary>
/// <param name="Record">What is known of it.</param>
/// <param name="Clients">Disposed of with it.</param>
/// <param name="Ended">Told when it has.</param>
internal sealed record SpokenTurn(TurnRecord Record, ProviderSet Clients, Action Ended) : IAsyncDisposable
{
    /// <summary>The turn's events; to be read once.</summary>
    public async IAsyncEnumerable<VoiceEvent> ReadAsync()
    {
        await foreach (VoiceEvent happened in Record.Turn.ReadAsync())
        {
            Record.Note(happened);
            yield return happened;
        }
    }

    /// <summary>Ends it, unless it has ended, and keeps what came of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Record.Turn.DisposeAsync();
        // What its caller did not take any more, how it ended included.
        await foreach (VoiceEvent happened in Record.Turn.ReadAsync())
            Record.Note(happened);
        Ended();
        Clients.Dispose();
    }
}

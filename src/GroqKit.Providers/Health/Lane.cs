using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Health;

/// <summary>A lane with the provider's clients on it.</summary>
internal sealed class Lane(
    LaneKey key,
    IProvider provider,
    ProviderConnection connection,
    LaneOptions options,
    TimeProvider time
) : HealthLane(key, options, time)
{
    public ProviderConnection Connection => connection;

    public IProvider Provider => provider;

    /// <summary>How long a call would wait here for its turn.</summary>
    public TimeSpan Wait => provider.FindWait(Key.Service, Key.Model, connection);

    public override bool IsEnabled => provider.IsEnabled;

    /// <summary>Chat with this model behind this key, made once: clients share the provider's connections.</summary>
    public IChatClient Chat => field ??= provider.CreateChatClient(Key.Model, connection);

    /// <inheritdoc cref="Chat"/>
    public ISpeechToTextClient SpeechToText => field ??= provider.CreateSpeechToTextClient(Key.Model, connection);

    /// <inheritdoc cref="Chat"/>
    public ITextToSpeechClient TextToSpeech => field ??= provider.CreateTextToSpeechClient(Key.Model, connection);

    public void Fail(LaneEntry entry, ProviderException error) =>
        Fail(entry, new LaneError(error.Failure, error.Message, error.RetryAfter));

    public override async Task<bool> WorksAsync(CancellationToken cancellationToken)
    {
        ProviderCheck check = await provider
            .ProbeAsync(Key.Service, Key.Model, connection, cancellationToken)
            .ConfigureAwait(false);
        return check.IsHealthy;
    }

    protected override ProviderCondition ObserveNow() => provider.Observe(Key.Service, Key.Model, connection);
}

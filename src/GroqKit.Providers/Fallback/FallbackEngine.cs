using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using GroqKit.Providers.Choosing;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Health;
using GroqKit.Providers.Pricing;
using GroqKit.Providers.Steering;
using GroqKit.Telemetry;

namespace GroqKit.Providers.Fallback;

/// <summary>
/// Makes clients over chains of providers. Keeps the health of every model behind every key, which all chains share: make one for a process.
/// Safe for all threads.
/// </summary>
public sealed class FallbackEngine
{
    private readonly FallbackRunner _runner;
    private readonly TimeProvider _time;

    /// <summary>Makes an engine.</summary>
    /// <param name="options">When providers are passed over. Null: the defaults.</param>
    /// <param name="timeProvider">The clock. Null: the system's.</param>
    /// <param name="randomness">Numbers from 0 (inclusive) to 1 (exclusive), safe for all threads. Null: the system's generator.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public FallbackEngine(
        LaneOptions? options = null,
        TimeProvider? timeProvider = null,
        Func<double>? randomness = null
    )
    {
        _time = timeProvider ?? TimeProvider.System;
        options ??= new LaneOptions();
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        Lanes = new LaneBoard(options, _time);
        var planner = new FallbackPlanner(Controls, options, randomness ?? SystemRandomness);
        _runner = new FallbackRunner(planner, Controls, _time);
    }

    /// <summary>The operator's hand on the providers of all chains: kill switches and shares.</summary>
    public ProviderControls Controls { get; } = new();

    internal LaneBoard Lanes { get; }

    /// <summary>The health of what this engine's chains used, and the loop that probes what is passed over.</summary>
    /// <param name="options">When is probed. Null: the defaults.</param>
    public HealthMonitor CreateMonitor(HealthOptions? options = null) =>
        new(Lanes, options ?? new HealthOptions(), _time);

    /// <summary>Chat over a chain.</summary>
    /// <param name="chain">Who is asked, in this order; at least one.</param>
    /// <param name="options">Deadlines and what happens on a break. Null: the defaults.</param>
    /// <exception cref="ArgumentException">The chain is empty, a provider of it has no chat, or an option is out of its range.</exception>
    public FallbackChatClient CreateChatClient(IReadOnlyList<FallbackTarget> chain, FallbackOptions? options = null) =>
        new(_runner, Check(chain, ProviderService.Llm), Check(options));

    /// <summary>Speech to text over a chain.</summary>
    /// <inheritdoc cref="CreateChatClient"/>
    [Experimental("MEAI001")]
    public Speech.FallbackSpeechToTextClient CreateSpeechToTextClient(
        IReadOnlyList<FallbackTarget> chain,
        FallbackOptions? options = null
    ) => new(_runner, Check(chain, ProviderService.SpeechToText), Check(options));

    /// <summary>Text to speech over a chain.</summary>
    /// <inheritdoc cref="CreateChatClient"/>
    [Experimental("MEAI001")]
    public Speech.FallbackTextToSpeechClient CreateTextToSpeechClient(
        IReadOnlyList<FallbackTarget> chain,
        FallbackOptions? options = null
    ) => new(_runner, Check(chain, ProviderService.TextToSpeech), Check(options));

    /// <summary>Chat with the model that fits each request, chosen by rules among candidates.</summary>
    /// <param name="candidates">The models that may be chosen, the preferred first; at least one.</param>
    /// <param name="goals">Bounds for cost and time. Null: none.</param>
    /// <param name="pricing">What calls cost. Null: the package's price list.</param>
    /// <param name="options">Deadlines and what happens on a break. Null: the defaults.</param>
    /// <exception cref="ArgumentException">There is no candidate, or one whose provider has no chat, or an option is out of its range.</exception>
    public AutoChatClient CreateAutoChatClient(
        IReadOnlyList<FallbackTarget> candidates,
        ChoiceGoals? goals = null,
        ProviderPricing? pricing = null,
        FallbackOptions? options = null
    )
    {
        Check(candidates, ProviderService.Llm);
        return new(this, new ModelChooser(candidates, pricing, LatencyOf), goals, Check(options), _time);
    }

    // Of the target's quickest key or address: that is where it would be sent.
    private LatencySummary? LatencyOf(FallbackTarget target) =>
        target
            .Provider.Connections.Select(connection =>
                Lanes.Of(target.Provider, ProviderService.Llm, target.Model, connection).Latency
            )
            .Where(latency => latency.TotalMilliseconds is not null)
            .MinBy(latency => latency.FirstTokenMilliseconds?.P50 ?? latency.TotalMilliseconds!.P50);

    private static double SystemRandomness() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    private FallbackChain Check(IReadOnlyList<FallbackTarget> chain, ProviderService service)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (chain.Count == 0)
            throw new ArgumentException("The chain is empty.", nameof(chain));
        for (int index = 0; index < chain.Count; index++)
        {
            if (chain[index] is not { Provider: not null, Model.Length: > 0 })
                throw new ArgumentException($"[{index}]: names no provider or no model.", nameof(chain));
            if (!chain[index].Provider.Services.Contains(service))
            {
                throw new ArgumentException(
                    $"[{index}]: {chain[index].Provider.Name} does not have the service {service.ToName()}.",
                    nameof(chain)
                );
            }
        }
        return new FallbackChain(Lanes, service, [.. chain]);
    }

    private static FallbackOptions Check(FallbackOptions? options)
    {
        if (options?.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        return options ?? new FallbackOptions();
    }
}

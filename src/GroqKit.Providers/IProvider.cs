using System.Diagnostics.CodeAnalysis;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>
/// Someone who serves models: what the clients of Microsoft.Extensions.AI lack around them. Immutable but for what it learns from its own
/// traffic, and safe for all threads. Disposing of it closes its connections.
/// </summary>
/// <remarks>
/// Clients are cheap: they share the provider's connections and need not be disposed of. What they raise is <see cref="ProviderException"/>,
/// whichever provider serves, or <see cref="OperationCanceledException"/> when the caller gave up. <see cref="NotSupportedException"/> and
/// <see cref="ArgumentException"/> are the caller's mistakes and are raised before anything is sent.
/// </remarks>
public interface IProvider : IDisposable
{
    /// <summary>The name it was configured under, unique among providers.</summary>
    string Name { get; }

    /// <summary>Which code talks to it.</summary>
    ProviderKind Kind { get; }

    /// <summary>False when configuration switched it off; nothing may be sent to it then.</summary>
    bool IsEnabled { get; }

    /// <summary>The services it has.</summary>
    IReadOnlyList<ProviderService> Services { get; }

    /// <summary>Its keys at its addresses, at least one; the first is the default.</summary>
    IReadOnlyList<ProviderConnection> Connections { get; }

    /// <summary>How to forward bytes to it.</summary>
    ProviderWire Wire { get; }

    /// <summary>The models that are known without asking: those of configuration, else those of the catalogue.</summary>
    IReadOnlyList<ProviderModel> Models { get; }

    /// <summary>The model of a service that is used when none is named; null when there is none.</summary>
    /// <param name="service">The service.</param>
    string? DefaultModel(ProviderService service);

    /// <summary>A model that is known without asking; null when it is not.</summary>
    /// <param name="service">The service.</param>
    /// <param name="model">The id; the case of letters does not matter.</param>
    ProviderModel? FindModel(ProviderService service, string model);

    /// <summary>Whether calls of a service may name a model. False for one that is known not to be there.</summary>
    /// <param name="service">The service.</param>
    /// <param name="model">The id; the case of letters does not matter.</param>
    bool Accepts(ProviderService service, string model);

    /// <summary>A client for chat.</summary>
    /// <param name="model">The model of calls that name none. Null: the provider's default.</param>
    /// <param name="connection">One of <see cref="Connections"/>. Null: the first.</param>
    /// <exception cref="NotSupportedException">The provider does not have the service.</exception>
    IChatClient CreateChatClient(string? model = null, ProviderConnection? connection = null);

    /// <summary>A client for speech to text. Its streams may hold one update.</summary>
    /// <param name="model">The model of calls that name none. Null: the provider's default.</param>
    /// <param name="connection">One of <see cref="Connections"/>. Null: the first.</param>
    /// <exception cref="NotSupportedException">The provider does not have the service.</exception>
    [Experimental("MEAI001")]
    ISpeechToTextClient CreateSpeechToTextClient(string? model = null, ProviderConnection? connection = null);

    /// <summary>A client for text to speech.</summary>
    /// <param name="model">The model of calls that name none. Null: the provider's default.</param>
    /// <param name="connection">One of <see cref="Connections"/>. Null: the first.</param>
    /// <exception cref="NotSupportedException">The provider does not have the service.</exception>
    [Experimental("MEAI001")]
    ITextToSpeechClient CreateTextToSpeechClient(string? model = null, ProviderConnection? connection = null);

    /// <summary>What the provider's own traffic tells about a model.</summary>
    /// <param name="service">The service.</param>
    /// <param name="model">The model.</param>
    /// <param name="connection">One of <see cref="Connections"/>. Null: the first.</param>
    ProviderCondition Observe(ProviderService service, string model, ProviderConnection? connection = null);

    /// <summary>How long a call would wait here for its turn, because of a cap of our own or a limit that is used up. Cheap: asked before every call.</summary>
    /// <param name="service">The service.</param>
    /// <param name="model">The model.</param>
    /// <param name="connection">One of <see cref="Connections"/>. Null: the first.</param>
    TimeSpan FindWait(ProviderService service, string model, ProviderConnection? connection = null) => TimeSpan.Zero;

    /// <summary>Whether speech can be asked for without naming a voice: one is built in or configured.</summary>
    bool HasDefaultVoice => true;

    /// <summary>Asks which models the key may call. Models of unknown use are left out.</summary>
    /// <param name="connection">One of <see cref="Connections"/>. Null: the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProviderException">The call failed.</exception>
    Task<IReadOnlyList<ProviderModel>> ListModelsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Asks whether the provider takes the key, without spending anything. Does not raise provider failures.</summary>
    /// <param name="connection">One of <see cref="Connections"/>. Null: the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ProviderCheck> ValidateCredentialsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Asks whether a service works, with the smallest request of its own that tells; never with anything of a caller's. Does not raise
    /// provider failures.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="model">The model. Null: the cheapest that tells.</param>
    /// <param name="connection">One of <see cref="Connections"/>. Null: the first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NotSupportedException">The provider does not have the service.</exception>
    Task<ProviderCheck> ProbeAsync(
        ProviderService service,
        string? model = null,
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    );
}

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using GroqKit.Catalog;
using GroqKit.Providers.Catalog;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>What all providers that are made of options have in common: names, connections, models and the timing of checks.</summary>
public abstract class ConfiguredProvider : IProvider
{
    private readonly FrozenDictionary<(ProviderService, string), ProviderModel> _known;
    private readonly FrozenDictionary<ProviderService, string> _defaults;
    private readonly bool _isOpen;

    /// <summary>Takes what is common out of options.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="environment">Clock and catalogue.</param>
    /// <param name="services">The services of the kind.</param>
    /// <param name="addresses">The roots of the provider's addresses, with slashes at their ends.</param>
    /// <param name="defaultModels">The kind's models for calls that name none.</param>
    /// <param name="isOpen">Whether models may be named that nobody listed.</param>
    protected ConfiguredProvider(
        ProviderOptions options,
        ProviderEnvironment environment,
        IReadOnlyList<ProviderService> services,
        IEnumerable<Uri> addresses,
        IReadOnlyDictionary<ProviderService, string> defaultModels,
        bool isOpen
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(defaultModels);
        Name = options.Name;
        Kind = new ProviderKind(options.Kind);
        IsEnabled = options.Enabled;
        Services = services;
        Time = environment.TimeProvider;
        Connections = [.. addresses.Distinct().SelectMany(address => Connect(options, address))];
        Models = ListModels(options, environment.Catalog[Kind]);
        _known = Models.ToFrozenDictionary(model => (model.Service, model.Id.ToLowerInvariant()));
        _isOpen = isOpen && options.Models.Count == 0;
        _defaults = services
            .Select(service => KeyValuePair.Create(service, ChooseDefault(options, defaultModels, service)))
            .Where(entry => entry.Value is not null)
            .ToFrozenDictionary(entry => entry.Key, entry => entry.Value!);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ProviderKind Kind { get; }

    /// <inheritdoc/>
    public bool IsEnabled { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ProviderService> Services { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ProviderConnection> Connections { get; }

    /// <inheritdoc/>
    public abstract ProviderWire Wire { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ProviderModel> Models { get; }

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <inheritdoc/>
    public string? DefaultModel(ProviderService service) => _defaults.GetValueOrDefault(service);

    /// <inheritdoc/>
    public ProviderModel? FindModel(ProviderService service, string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return _known.GetValueOrDefault((service, model.ToLowerInvariant()));
    }

    /// <inheritdoc/>
    public bool Accepts(ProviderService service, string model) =>
        Services.Contains(service) && (_isOpen || FindModel(service, model) is not null);

    /// <inheritdoc/>
    public abstract IChatClient CreateChatClient(string? model = null, ProviderConnection? connection = null);

    /// <inheritdoc/>
    [Experimental("MEAI001")]
    public abstract ISpeechToTextClient CreateSpeechToTextClient(
        string? model = null,
        ProviderConnection? connection = null
    );

    /// <inheritdoc/>
    [Experimental("MEAI001")]
    public abstract ITextToSpeechClient CreateTextToSpeechClient(
        string? model = null,
        ProviderConnection? connection = null
    );

    /// <inheritdoc/>
    public abstract ProviderCondition Observe(
        ProviderService service,
        string model,
        ProviderConnection? connection = null
    );

    /// <inheritdoc/>
    public virtual TimeSpan FindWait(ProviderService service, string model, ProviderConnection? connection = null) =>
        TimeSpan.Zero;

    /// <inheritdoc/>
    public virtual bool HasDefaultVoice => true;

    /// <inheritdoc/>
    public abstract Task<IReadOnlyList<ProviderModel>> ListModelsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc/>
    public virtual Task<ProviderCheck> ValidateCredentialsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    ) => CheckAsync(connection, async to => (await ListModelsAsync(to, cancellationToken).ConfigureAwait(false)).Count);

    /// <inheritdoc/>
    public abstract Task<ProviderCheck> ProbeAsync(
        ProviderService service,
        string? model = null,
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes connections.</summary>
    /// <param name="disposing">False never happens here.</param>
    protected virtual void Dispose(bool disposing) { }

    /// <summary>A connection, or the first.</summary>
    /// <param name="connection">One of <see cref="Connections"/>, or null.</param>
    /// <exception cref="ArgumentException">The connection is another provider's.</exception>
    protected ProviderConnection Choose(ProviderConnection? connection)
    {
        if (connection is null)
            return Connections[0];
        return Connections.Contains(connection)
            ? connection
            : throw new ArgumentException($"{connection} is no connection of {Name}.", nameof(connection));
    }

    /// <summary>Raises when the provider lacks a service.</summary>
    /// <param name="service">The service.</param>
    /// <exception cref="NotSupportedException">The provider does not have the service.</exception>
    protected void Require(ProviderService service)
    {
        if (!Services.Contains(service))
            throw Lacks(service);
    }

    /// <summary>What is raised for a service that the provider lacks.</summary>
    /// <param name="service">The service.</param>
    protected NotSupportedException Lacks(ProviderService service) =>
        new($"{Name} ({Kind}) does not have the service {service.ToName()}.");

    /// <summary>Times a small call, and turns its failure into a result.</summary>
    /// <param name="connection">One of <see cref="Connections"/>, or null.</param>
    /// <param name="call">The call; returns how many models were listed, if it listed them.</param>
    protected async Task<ProviderCheck> CheckAsync(
        ProviderConnection? connection,
        Func<ProviderConnection, Task<int?>> call
    )
    {
        ArgumentNullException.ThrowIfNull(call);
        ProviderConnection chosen = Choose(connection);
        long start = Time.GetTimestamp();
        try
        {
            int? models = await call(chosen).ConfigureAwait(false);
            return new ProviderCheck(chosen, Time.GetElapsedTime(start)) { ModelCount = models };
        }
        catch (ProviderException failure)
        {
            return new ProviderCheck(chosen, Time.GetElapsedTime(start), failure);
        }
    }

    private static IEnumerable<ProviderConnection> Connect(ProviderOptions options, Uri address)
    {
        if (options.Keys.Count == 0)
            return [new ProviderConnection("default", address, options.ApiKey)];
        return options.Keys.Select(
            (key, index) => new ProviderConnection(key.Name ?? $"key{index + 1}", address, key.ApiKey, key.Weight)
        );
    }

    private IReadOnlyList<ProviderModel> ListModels(ProviderOptions options, ModelCatalog catalog)
    {
        if (options.Models.Count == 0)
            return [.. catalog.Models.SelectMany(Describe)];
        return
        [
            .. options
                .Models.Distinct(StringComparer.OrdinalIgnoreCase)
                .SelectMany(id => catalog.Find(id) is { } facts ? Describe(facts) : DescribeUnknown(id)),
        ];
    }

    private IEnumerable<ProviderModel> Describe(CatalogModel facts)
    {
        if (facts.Kind == ModelKind.Unknown)
            return DescribeUnknown(facts.Id);
        return ProviderCatalog.ServiceOf(facts.Kind) is { } service && Services.Contains(service)
            ? [new ProviderModel(Name, service, facts)]
            : [];
    }

    // Nothing says what the model is for, so the operator who named it is believed for every service.
    private IEnumerable<ProviderModel> DescribeUnknown(string id) =>
        Services.Select(service => new ProviderModel(Name, service, new CatalogModel { Id = id })
        {
            IsCatalogued = false,
        });

    private string? ChooseDefault(
        ProviderOptions options,
        IReadOnlyDictionary<ProviderService, string> kindDefaults,
        ProviderService service
    )
    {
        foreach (var (name, model) in options.DefaultModels)
        {
            if (ProviderServiceNames.FromName(name) == service)
                return model;
        }
        string? usual = kindDefaults.GetValueOrDefault(service);
        if (options.Models.Count == 0 || (usual is not null && FindIn(options, usual)))
            return usual;
        return Models.FirstOrDefault(model => model.Service == service)?.Id;
    }

    private static bool FindIn(ProviderOptions options, string model) =>
        options.Models.Contains(model, StringComparer.OrdinalIgnoreCase);
}

using GroqKit.Catalog;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Speech;
using GroqKit.Providers.Wire;

namespace GroqKit.Providers.Http;

/// <summary>A provider whose calls go over our own HTTP, one <see cref="ProviderHttp"/> for each connection.</summary>
internal abstract class HttpProvider : ConfiguredProvider
{
    private readonly Dictionary<ProviderConnection, ProviderHttp> _http;

    protected HttpProvider(
        ProviderOptions options,
        ProviderEnvironment environment,
        IReadOnlyList<ProviderService> services,
        IEnumerable<Uri> addresses,
        IReadOnlyDictionary<ProviderService, string> defaultModels,
        bool isOpen,
        ProviderWire wire,
        IErrorReader errors
    )
        : base(options, environment, services, addresses, defaultModels, isOpen)
    {
        Wire = wire;
        Catalog = environment.Catalog[Kind];
        Voices = new VoiceNames(options);
        _http = Connections.ToDictionary(to => to, to => new ProviderHttp(to, wire, errors, options, environment));
    }

    public override ProviderWire Wire { get; }

    protected ModelCatalog Catalog { get; }

    protected VoiceNames Voices { get; }

    public override ProviderCondition Observe(
        ProviderService service,
        string model,
        ProviderConnection? connection = null
    ) => _http[Choose(connection)].Traffic.Observe(service, model);

    public override TimeSpan FindWait(ProviderService service, string model, ProviderConnection? connection = null) =>
        _http[Choose(connection)].Wait;

    public override Task<IReadOnlyList<ProviderModel>> ListModelsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    )
    {
        var site = new ProviderCall(Name, Choose(connection), Services[0], null);
        Uri address = Wire.AddressOf(site.Connection, WireOperation.Models)!;
        return HttpOf(site)
            .SendAsync(
                site,
                () => new HttpRequestMessage(HttpMethod.Get, address),
                ReadModelsAsync,
                canRepeat: true,
                cancellationToken
            );
    }

    protected ProviderHttp HttpOf(ProviderCall site) => _http[site.Connection];

    protected ProviderCall Site(ProviderService service, string? model, ProviderConnection? connection) =>
        new(Name, Choose(connection), service, model ?? DefaultModel(service));

    /// <summary>The models that an answer lists.</summary>
    protected abstract Task<IReadOnlyList<ProviderModel>> ReadModelsAsync(
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    );

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (ProviderHttp http in _http.Values)
            http.Dispose();
    }
}

namespace GroqKit.Providers.Http;

/// <summary>Who is called for what: the part of every failure's details that is known beforehand.</summary>
internal sealed record ProviderCall(
    string Provider,
    ProviderConnection Connection,
    ProviderService Service,
    string? Model
)
{
    // Made anew: a copy for another model must not tell of the first one.
    public ProviderFailureDetails Details =>
        new()
        {
            Provider = Provider,
            Connection = Connection.Id,
            Service = Service,
            Model = Model,
        };
}

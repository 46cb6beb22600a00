using GroqKit.Gateway.Services.Providers;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>Providers in <c>providers</c>.</summary>
internal sealed class ProviderTable(IDatabase database)
    : RecordTable<ProviderConfiguration, ProviderRow>(database, "providers", "name")
{
    protected override ProviderRow ToRow(ProviderConfiguration record) =>
        new()
        {
            Tenant = record.Tenant,
            Name = record.Name,
            Kind = ProviderKinds.NameOf(record.Kind),
            BaseUrl = record.BaseUrl.ToString(),
            ApiKey = record.ProtectedKey,
            MaxRetries = record.MaxRetries,
            TimeoutSeconds = record.TimeoutSeconds,
            CreatedAt = Stored.Time(record.CreatedAt),
            UpdatedAt = Stored.Time(record.UpdatedAt),
            Version = record.Version,
        };

    protected override ProviderConfiguration FromRow(ProviderRow row) =>
        new()
        {
            Tenant = row.Tenant,
            Name = row.Name,
            Kind =
                ProviderKinds.Parse(row.Kind)
                ?? throw new DatabaseException(
                    $"The provider '{row.Name}' has the kind '{row.Kind}', which this gateway doesn't know."
                ),
            BaseUrl = new Uri(row.BaseUrl),
            ProtectedKey = row.ApiKey,
            MaxRetries = (int)row.MaxRetries,
            TimeoutSeconds = (int)row.TimeoutSeconds,
            CreatedAt = Stored.Time(row.CreatedAt),
            UpdatedAt = Stored.Time(row.UpdatedAt),
            Version = row.Version,
        };
}

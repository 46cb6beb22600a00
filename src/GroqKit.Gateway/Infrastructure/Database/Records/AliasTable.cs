using System.Globalization;
using System.Text.Json;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>Aliases in <c>model_aliases</c>.</summary>
internal sealed class AliasTable(IDatabase database)
    : RecordTable<ModelAlias, AliasRow>(database, "model_aliases", "name")
{
    protected override AliasRow ToRow(ModelAlias record) =>
        new()
        {
            Tenant = record.Tenant,
            Name = record.Name,
            Models = JsonSerializer.Serialize([.. record.Models], RecordJson.Default.IReadOnlyListModelChoice),
            Budget = record.Budget?.ToString(CultureInfo.InvariantCulture),
            LatencyTargetMs = (long?)record.LatencyTarget?.TotalMilliseconds,
            CreatedAt = Stored.Time(record.CreatedAt),
            UpdatedAt = Stored.Time(record.UpdatedAt),
            Version = record.Version,
        };

    protected override ModelAlias FromRow(AliasRow row) =>
        new()
        {
            Tenant = row.Tenant,
            Name = row.Name,
            Models = [.. JsonSerializer.Deserialize(row.Models, RecordJson.Default.IReadOnlyListModelChoice)!],
            Budget = row.Budget is { } budget ? decimal.Parse(budget, CultureInfo.InvariantCulture) : null,
            LatencyTarget = row.LatencyTargetMs is { } target ? TimeSpan.FromMilliseconds(target) : null,
            CreatedAt = Stored.Time(row.CreatedAt),
            UpdatedAt = Stored.Time(row.UpdatedAt),
            Version = row.Version,
        };
}

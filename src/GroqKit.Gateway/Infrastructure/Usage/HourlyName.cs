using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>What names a row of <c>usage_hourly</c>. An absent name is empty.</summary>
internal readonly record struct HourlyName(
    string Tenant,
    long Hour,
    string KeyId,
    string Agent,
    string Provider,
    string Model,
    string Service
) : IComparable<HourlyName>
{
    public const long HourMilliseconds = 3_600_000;

    public static HourlyName Of(in UsageRecord record) =>
        new(
            record.Tenant,
            record.StartedAt.ToUnixTimeMilliseconds() / HourMilliseconds * HourMilliseconds,
            record.KeyId,
            record.Agent ?? "",
            record.Provider ?? "",
            record.Model ?? "",
            Operation.ServiceOf(record.Operation)
        );

    /// <summary>Any order that is the same on all nodes.</summary>
    public int CompareTo(HourlyName other)
    {
        int order = string.CompareOrdinal(Tenant, other.Tenant);
        order = order != 0 ? order : Hour.CompareTo(other.Hour);
        order = order != 0 ? order : string.CompareOrdinal(KeyId, other.KeyId);
        order = order != 0 ? order : string.CompareOrdinal(Agent, other.Agent);
        order = order != 0 ? order : string.CompareOrdinal(Provider, other.Provider);
        order = order != 0 ? order : string.CompareOrdinal(Model, other.Model);
        return order != 0 ? order : string.CompareOrdinal(Service, other.Service);
    }
}

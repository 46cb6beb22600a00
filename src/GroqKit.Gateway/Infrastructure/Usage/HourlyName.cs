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
)
{
    public const long HourMilliseconds = 3_600_000;

    /// <summary>An order that is the same on all nodes.</summary>
    public static readonly IComparer<HourlyName> Order = Comparer<HourlyName>.Create(Compare);

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

    private static int Compare(HourlyName one, HourlyName other)
    {
        int order = string.CompareOrdinal(one.Tenant, other.Tenant);
        order = order != 0 ? order : one.Hour.CompareTo(other.Hour);
        order = order != 0 ? order : string.CompareOrdinal(one.KeyId, other.KeyId);
        order = order != 0 ? order : string.CompareOrdinal(one.Agent, other.Agent);
        order = order != 0 ? order : string.CompareOrdinal(one.Provider, other.Provider);
        order = order != 0 ? order : string.CompareOrdinal(one.Model, other.Model);
        return order != 0 ? order : string.CompareOrdinal(one.Service, other.Service);
    }
}

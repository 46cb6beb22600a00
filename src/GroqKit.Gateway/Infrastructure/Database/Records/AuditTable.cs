using Dapper;
using GroqKit.Gateway.Services.Audit;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>Reads <c>audit_log</c>.</summary>
internal sealed class AuditTable(IDatabase database) : IAuditLog
{
    private const string Select = """
        SELECT id, at, tenant, actor, action, target, details, request_id FROM audit_log WHERE tenant = @tenant
        """;

    public Task<IReadOnlyList<AuditEntry>> ListAsync(
        string tenant,
        long? before,
        int count,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<AuditEntry>>(
            async connection =>
            {
                IEnumerable<(long, long, string, string, string, string, string, string)> rows =
                    await connection.QueryAsync<(long, long, string, string, string, string, string, string)>(
                        new CommandDefinition(
                            $"{Select} {(before is null ? "" : "AND id < @before")} ORDER BY id DESC LIMIT @count",
                            new
                            {
                                tenant,
                                before,
                                count = (long)count,
                            },
                            cancellationToken: cancellationToken
                        )
                    );
                return [.. rows.Select(ToEntry)];
            },
            cancellationToken
        );

    private static AuditEntry ToEntry((long, long, string, string, string, string, string, string) row)
    {
        (long id, long at, string tenant, string actor, string action, string target, string details, string request) =
            row;
        return new AuditEntry(id, new Change(Stored.Time(at), tenant, actor, action, target, details, request));
    }
}

using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Privacy;

/// <summary>Bodies in <c>kept_bodies</c>, each under a key of its own.</summary>
internal sealed partial class KeptBodyTable(
    IDatabase database,
    ISecretProtector protector,
    ILogger<KeptBodyTable> logger
) : IKeptBodies
{
    private const string Insert = """
        INSERT INTO kept_bodies (request_id, tenant, agent, end_user, at, expires_at, request, answer)
        VALUES (@RequestId, @Tenant, @Agent, @EndUser, @at, @expires, @request, @answer) ON CONFLICT DO NOTHING
        """;

    /// <summary>Where a body belongs, for its protection.</summary>
    public static string PlaceOf(string tenant, string requestId) => $"{tenant}/bodies/{requestId}";

    public async Task KeepAsync(KeptBody body, CancellationToken cancellationToken)
    {
        try
        {
            string place = PlaceOf(body.Tenant, body.RequestId);
            var values = new
            {
                body.RequestId,
                body.Tenant,
                body.Agent,
                body.EndUser,
                at = Stored.Time(body.At),
                expires = Stored.Time(body.ExpiresAt),
                request = protector.Protect(place, body.Request),
                answer = protector.Protect(place, body.Answer),
            };
            await database.WriteAsync(
                transaction =>
                    transaction.Connection!.ExecuteAsync(
                        new CommandDefinition(Insert, values, transaction, cancellationToken: cancellationToken)
                    ),
                cancellationToken
            );
        }
        catch (Exception failure) when (failure is StorageException or SecretException)
        {
            NotKept(failure, body.RequestId);
        }
    }

    [LoggerMessage(140, LogLevel.Error, "{RequestId}: request and answer can't be kept")]
    private partial void NotKept(Exception failure, string requestId);
}

using System.Data.Common;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// What was used in the present day or month, from the database. Accounts that are still in the journal are shipped first, so that
/// a restart forgives nobody anything.
/// </summary>
internal sealed class UsageHistory(IDatabase database, UsageShipper shipper, TimeProvider time) : ILimitHistory
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public async Task<long> UsedAsync(
        LimitSubject subject,
        LimitUnit unit,
        LimitWindow window,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(Longest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await shipper.ShippedAsync(end.Token);
            long from = LimitPeriod
                .StartOf(window, LimitPeriod.NumberOf(window, time.GetUtcNow()))
                .ToUnixTimeMilliseconds();
            return await database.ReadAsync(
                connection => SumAsync(connection, subject, unit, from, end.Token),
                end.Token
            );
        }
        catch (Exception failure)
        {
            throw new LimitHistoryException("What was used before can't be read from the database now.", failure);
        }
    }

    private static async Task<long> SumAsync(
        DbConnection connection,
        LimitSubject subject,
        LimitUnit unit,
        long from,
        CancellationToken cancellationToken
    )
    {
        await using DbCommand command = connection.CreateCommand();
        bool user = subject.Scope == LimitScope.User;
        string column = (user, unit) switch
        {
            (false, LimitUnit.Requests) => "requests - refused",
            (true, LimitUnit.Requests) => $"CASE WHEN outcome = {(int)Outcome.Refused} THEN 0 ELSE 1 END",
            (_, LimitUnit.Tokens) => "total_tokens",
            (_, LimitUnit.AudioSeconds) => "COALESCE(audio_in_ms, 0) + COALESCE(audio_out_ms, 0)",
            (_, LimitUnit.Characters) => "characters",
            _ => "COALESCE(cost_nano, 0)",
        };
        string where = subject.Scope switch
        {
            LimitScope.Key => "usage_hourly WHERE key_id = @id AND hour >= @from",
            LimitScope.Agent => "usage_hourly WHERE tenant = @owner AND agent = @id AND hour >= @from",
            _ => "usage WHERE key_id = @owner AND end_user = @id AND started_at >= @from",
        };
        command.CommandText = $"SELECT CAST(COALESCE(SUM({column}), 0) AS BIGINT) FROM {where}";
        Add(command, "id", subject.Id);
        Add(command, "from", from);
        if (subject.Scope != LimitScope.Key)
            Add(command, "owner", subject.Owner);
        return Convert.ToInt64(
            await command.ExecuteScalarAsync(cancellationToken),
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

using System.Data.Common;
using System.Globalization;
using System.Text;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// Reports from the database. Whole hours come from their sums, the pieces of hours at the edges from the rows, so that a summary is
/// exact for any span and yet reads thousands of rows where there are millions.
/// </summary>
internal sealed class UsageReports(IDatabase database) : IUsageReports
{
    private const long DayMilliseconds = 24 * HourlyName.HourMilliseconds;

    public Task<IReadOnlyList<UsageRecord>> ListAsync(
        UsageFilter filter,
        UsagePlace? before,
        int count,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<UsageRecord>>(
            async connection =>
            {
                await using DbCommand command = connection.CreateCommand();
                var where = new List<string> { "tenant = @tenant" };
                Add(command, "tenant", filter.Tenant);
                Narrow(command, where, "request_id", filter.RequestId);
                NarrowByNames(command, where, filter);
                NarrowByTime(command, where, "started_at", filter.From, filter.To);
                if (before is { } place)
                {
                    where.Add("(started_at, request_id) < (@before_time, @before_id)");
                    Add(command, "before_time", place.StartedAt);
                    Add(command, "before_id", place.RequestId);
                }
                Add(command, "count", count);
                command.CommandText =
                    $"SELECT {UsageColumn.Names} FROM usage WHERE {string.Join(" AND ", where)} ORDER BY started_at DESC, request_id DESC LIMIT @count";
                var records = new List<UsageRecord>();
                await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
                while (await rows.ReadAsync(cancellationToken))
                    records.Add(UsageRow.Read(rows));
                return records;
            },
            cancellationToken
        );

    public Task<IReadOnlyList<UsageSummary>> SummarizeAsync(
        UsageFilter filter,
        IReadOnlyList<UsageGroup> groups,
        int count,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<UsageSummary>>(
            async connection =>
            {
                await using DbCommand command = Summary(connection, filter, groups, count);
                var sums = new List<UsageSummary>();
                await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
                while (await rows.ReadAsync(cancellationToken))
                    sums.Add(ReadSummary(rows, groups));
                return sums;
            },
            cancellationToken
        );

    /// <summary>The statement behind <see cref="SummarizeAsync"/>.</summary>
    internal static DbCommand Summary(
        DbConnection connection,
        UsageFilter filter,
        IReadOnlyList<UsageGroup> groups,
        int count
    )
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = Summary(command, filter, groups);
        Add(command, "tenant", filter.Tenant);
        Add(command, "count", count);
        return command;
    }

    private static string Summary(DbCommand command, UsageFilter filter, IReadOnlyList<UsageGroup> groups)
    {
        var sql = new StringBuilder("SELECT ");
        foreach (UsageGroup group in groups)
            sql.Append(CultureInfo.InvariantCulture, $"{ColumnOf(group)} AS by_{group}, ");
        sql.AppendJoin(", ", HourlySums.Sums.Select(sum => $"CAST(COALESCE(SUM({sum.Name}), 0) AS BIGINT)"));
        sql.Append(" FROM (").AppendJoin(" UNION ALL ", Sources(command, filter)).Append(") AS all_rows");
        if (groups.Count > 0)
            sql.Append(" GROUP BY ")
                .AppendJoin(", ", groups.Select(ColumnOf))
                .Append(" ORDER BY ")
                .AppendJoin(", ", groups.Select(ColumnOf));
        return sql.Append(" LIMIT @count").ToString();
    }

    private static IEnumerable<string> Sources(DbCommand command, UsageFilter filter)
    {
        string sums = string.Join(", ", HourlySums.Sums.Select(sum => sum.Name));
        var names = new List<string> { "tenant = @tenant" };
        NarrowByNames(command, names, filter);
        // The first whole hour, and the end of the last.
        long? from = filter.From is { } begin ? RoundUp(begin.ToUnixTimeMilliseconds()) : null;
        long? to = filter.To is { } end
            ? end.ToUnixTimeMilliseconds() / HourlyName.HourMilliseconds * HourlyName.HourMilliseconds
            : null;
        List<string> where = [.. names];
        NarrowByTime(command, where, "hour", from, to);
        yield return $"SELECT hour, key_id, agent, provider, model, service, {sums} FROM usage_hourly WHERE {string.Join(" AND ", where)}";
        foreach ((long edgeFrom, long edgeTo) in Edges(filter, from, to))
        {
            // Numbers of our own making, which can stand in the text.
            string rows = string.Join(", ", HourlySums.Sums.Select(sum => $"{sum.OfRow} AS {sum.Name}"));
            string named = string.Join(" AND ", names);
            yield return $"SELECT started_at / {HourlyName.HourMilliseconds} * {HourlyName.HourMilliseconds} AS hour, key_id, COALESCE(agent, '') AS agent, COALESCE(provider, '') AS provider, COALESCE(model, '') AS model, service, {rows} FROM usage WHERE {named} AND started_at >= {edgeFrom} AND started_at < {edgeTo}";
        }
    }

    private static IEnumerable<(long From, long To)> Edges(UsageFilter filter, long? wholeFrom, long? wholeTo)
    {
        long? from = filter.From?.ToUnixTimeMilliseconds();
        long? to = filter.To?.ToUnixTimeMilliseconds();
        if (from >= to)
            yield break;
        if (wholeFrom >= wholeTo)
        {
            // No whole hour, or the span ends where the first one would begin.
            yield return (from!.Value, to!.Value);
            yield break;
        }
        if (from < wholeFrom)
            yield return (from.Value, wholeFrom.Value);
        if (wholeTo < to)
            yield return (wholeTo.Value, to.Value);
    }

    private static long RoundUp(long time) =>
        (time + HourlyName.HourMilliseconds - 1) / HourlyName.HourMilliseconds * HourlyName.HourMilliseconds;

    private static string ColumnOf(UsageGroup group) =>
        group switch
        {
            UsageGroup.Agent => "agent",
            UsageGroup.Key => "key_id",
            UsageGroup.Provider => "provider",
            UsageGroup.Model => "model",
            UsageGroup.Service => "service",
            UsageGroup.Hour => "hour",
            _ => $"hour / {DayMilliseconds} * {DayMilliseconds}",
        };

    private static UsageSummary ReadSummary(DbDataReader row, IReadOnlyList<UsageGroup> groups)
    {
        string?[] values = new string?[groups.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueOf(groups[i], row.GetValue(i));
        Dictionary<string, long> sums = [];
        for (int i = 0; i < HourlySums.Sums.Count; i++)
            sums[HourlySums.Sums[i].Name] = row.GetInt64(values.Length + i);
        return new UsageSummary(values)
        {
            Requests = sums["requests"],
            Refused = sums["refused"],
            Failed = sums["failed"],
            Estimated = sums["estimated"],
            Unpriced = sums["unpriced"],
            Usage = new TokenUsage(
                sums["prompt_tokens"],
                sums["completion_tokens"],
                sums["total_tokens"],
                sums["cached_tokens"],
                sums["reasoning_tokens"]
            ),
            AudioSeconds = sums["audio_in_ms"] / 1000m,
            AudioBytes = sums["audio_in_bytes"],
            Characters = sums["characters"],
            AudioSecondsOut = sums["audio_out_ms"] / 1000m,
            Cost = UsageColumn.Dollars(sums["cost_nano"])!.Value,
            Latency =
                sums["requests"] == 0 ? default : TimeSpan.FromMicroseconds(sums["latency_us"] / sums["requests"]),
            FirstToken =
                sums["first_tokens"] == 0
                    ? null
                    : TimeSpan.FromMicroseconds(sums["first_token_us"] / sums["first_tokens"]),
        };
    }

    private static string? ValueOf(UsageGroup group, object value) =>
        (group, value) switch
        {
            (UsageGroup.Hour, long hour) => DateTimeOffset
                .FromUnixTimeMilliseconds(hour)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            (UsageGroup.Day, long day) => DateTimeOffset
                .FromUnixTimeMilliseconds(day)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (_, string { Length: > 0 } text) => text,
            _ => null,
        };

    private static void NarrowByNames(DbCommand command, List<string> where, UsageFilter filter)
    {
        Narrow(command, where, "agent", filter.Agent);
        Narrow(command, where, "key_id", filter.Key);
        Narrow(command, where, "provider", filter.Provider);
        Narrow(command, where, "model", filter.Model);
        Narrow(command, where, "service", filter.Service);
    }

    private static void Narrow(DbCommand command, List<string> where, string column, string? value)
    {
        if (value is null)
            return;
        where.Add($"{column} = @{column}");
        Add(command, column, value);
    }

    private static void NarrowByTime(
        DbCommand command,
        List<string> where,
        string column,
        DateTimeOffset? from,
        DateTimeOffset? to
    ) => NarrowByTime(command, where, column, from?.ToUnixTimeMilliseconds(), to?.ToUnixTimeMilliseconds());

    private static void NarrowByTime(DbCommand command, List<string> where, string column, long? from, long? to)
    {
        if (from is { } begin)
        {
            where.Add($"{column} >= @from");
            Add(command, "from", begin);
        }
        if (to is { } end)
        {
            where.Add($"{column} < @to");
            Add(command, "to", end);
        }
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

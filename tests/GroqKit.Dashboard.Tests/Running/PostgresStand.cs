namespace GroqKit.Dashboard.Tests.Running;

/// <summary>A gateway over PostgreSQL, whatever the others are over. Where there is no server, tests are skipped and say so.</summary>
public sealed class PostgresStand : DashboardStand
{
    protected override bool IsOnPostgres => true;
}

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>The databases the gateway runs on.</summary>
internal enum Dialect
{
    Sqlite,
    Postgres,
}

namespace GroqKit.Gateway.Tests.Running;

/// <summary>A kind of database that the gateway runs on.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>Which database to use, read from a connection string. Holds a secret; its text doesn't.</summary>
/// <param name="Dialect">The kind of database.</param>
/// <param name="ConnectionString">As its driver takes it, with our defaults where the operator left something out.</param>
internal sealed record DatabaseAddress(Dialect Dialect, string ConnectionString)
{
    private static readonly string[] FileKeys = ["Data Source", "DataSource", "Filename"];
    private static readonly string[] HostKeys = ["Host", "Server"];

    /// <summary>Reads <c>Data Source=…</c> (SQLite) or <c>Host=…</c> (PostgreSQL).</summary>
    /// <param name="text">What the operator wrote.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <exception cref="FormatException">It is neither; the message can follow the setting's name and repeats no value.</exception>
    public static DatabaseAddress Parse(string text, string folder)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
            if (FileKeys.Any(parts.ContainsKey))
                return Sqlite(new SqliteConnectionStringBuilder(text), folder);
            if (HostKeys.Any(parts.ContainsKey))
                return Postgres(new NpgsqlConnectionStringBuilder(text));
        }
        catch (ArgumentException malformed)
        {
            // Drivers name the part that they don't know, never a value.
            throw new FormatException(
                "is not a connection string: " + malformed.Message.Split('(')[0].Trim(),
                malformed
            );
        }
        throw new FormatException("must be 'Data Source=FILE' for SQLite or 'Host=…;Database=…' for PostgreSQL");
    }

    /// <summary>The SQLite file at a path.</summary>
    public static DatabaseAddress File(string path) =>
        Sqlite(new SqliteConnectionStringBuilder { DataSource = path }, Path.GetPathRoot(path) ?? "");

    /// <summary>Opens nothing yet.</summary>
    public IDatabase Create() =>
        Dialect == Dialect.Sqlite ? new SqliteDatabase(ConnectionString) : new PostgresDatabase(ConnectionString);

    public override string ToString() => Dialect.ToString();

    private static DatabaseAddress Sqlite(SqliteConnectionStringBuilder settings, string folder)
    {
        bool inMemory = settings.Mode == SqliteOpenMode.Memory || settings.DataSource is "" or ":memory:";
        if (inMemory || settings.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new FormatException(
                "must name a file; a database in memory would be another one for every connection"
            );
        settings.DataSource = Path.GetFullPath(settings.DataSource, folder);
        settings.ForeignKeys ??= true;
        return new DatabaseAddress(Dialect.Sqlite, settings.ConnectionString);
    }

    private static DatabaseAddress Postgres(NpgsqlConnectionStringBuilder settings)
    {
        settings.ApplicationName ??= "groqkit-gateway";
        // A thousand connections of ten nodes would help nobody; nothing that calls wait for needs one.
        if (!settings.ContainsKey("Maximum Pool Size"))
            settings.MaxPoolSize = 20;
        if (!settings.ContainsKey("Timeout"))
            settings.Timeout = 5;
        return new DatabaseAddress(Dialect.Postgres, settings.ConnectionString);
    }
}

using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>One numbered step of the schema: the file <c>Migrations/NNNN_name.sql</c>.</summary>
/// <param name="Number">Its place in the order; once released, neither the number nor the text changes.</param>
/// <param name="Name">For people.</param>
/// <param name="Sql">The statements, with <c>{bytes}</c>, <c>{identity}</c> and <c>{unlogged}</c> where the databases differ.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Folder = "migrations/";

    /// <summary>Shows that an applied step is the one this program knows.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>Every step of this program, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Read(typeof(Migration).Assembly);

    public string For(Dialect dialect) =>
        dialect == Dialect.Sqlite
            ? Sql.Replace("{bytes}", "BLOB", StringComparison.Ordinal)
                .Replace("{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal)
                .Replace("{unlogged}", "", StringComparison.Ordinal)
            : Sql.Replace("{bytes}", "BYTEA", StringComparison.Ordinal)
                .Replace("{identity}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", StringComparison.Ordinal)
                .Replace("{unlogged}", "UNLOGGED ", StringComparison.Ordinal);

    private static Migration[] Read(Assembly assembly) =>
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Select(name => Read(assembly, name))
                .OrderBy(migration => migration.Number),
        ];

    private static Migration Read(Assembly assembly, string resource)
    {
        string name = Path.GetFileNameWithoutExtension(resource[Folder.Length..]);
        using var text = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name[5..], text.ReadToEnd());
    }
}

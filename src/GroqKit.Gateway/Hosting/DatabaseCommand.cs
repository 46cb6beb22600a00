using GroqKit.Gateway.Infrastructure.Database;

namespace GroqKit.Gateway.Hosting;

/// <summary>The commands that work on a database instead of starting the gateway: <c>database move --from … --to …</c>.</summary>
internal static class DatabaseCommand
{
    private const string Usage =
        "Usage: database move --from 'Data Source=data/groqkit.db' --to 'Host=…;Database=…;Username=…;Password=…'";

    public static bool IsMeant(string[] args) => args is ["database", ..];

    /// <returns>The exit code: 0, 1 after a failure, 2 for a command that can't be meant.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        if (args is not ["database", "move", "--from", var source, "--to", var target])
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }
        try
        {
            await using IDatabase from = Open("--from", source);
            await using IDatabase to = Open("--to", target);
            if (from.Dialect == Dialect.Sqlite && !File.Exists(from.Location))
                throw new DatabaseException($"The database {from.Location} does not exist.");
            var move = new DatabaseMove(from, to, TimeProvider.System);
            foreach ((string table, long rows) in await move.RunAsync(cancellationToken))
                await output.WriteLineAsync($"{table}: {rows} rows");
            await output.WriteLineAsync($"Moved to {to.Location}. The old database {from.Location} is as it was.");
            return 0;
        }
        catch (DatabaseException failure)
        {
            await errors.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static IDatabase Open(string option, string text)
    {
        try
        {
            return DatabaseAddress.Parse(text, Directory.GetCurrentDirectory()).Create();
        }
        catch (FormatException wrong)
        {
            throw new DatabaseException($"{option} {wrong.Message}", wrong);
        }
    }
}

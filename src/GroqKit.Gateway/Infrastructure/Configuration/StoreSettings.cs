using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Redis;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads where the gateway keeps what it knows.</summary>
internal static class StoreSettings
{
    private const string DatabasePath = "GROQKIT_DATABASE";
    private const string RedisPath = "GROQKIT_REDIS";
    private const string DatabaseFileName = "groqkit.db";

    /// <summary>The database; by default a file in the folder for the gateway's own files.</summary>
    public static DatabaseAddress ReadDatabase(SettingsReader reader, string data, string contentRoot)
    {
        DatabaseAddress fallback = DatabaseAddress.File(Path.Combine(data, DatabaseFileName));
        if (reader.Text(DatabasePath) is not { } text)
            return fallback;
        try
        {
            return DatabaseAddress.Parse(text, contentRoot);
        }
        catch (FormatException wrong)
        {
            reader.Fail(DatabasePath, wrong.Message);
            return fallback;
        }
    }

    /// <summary>What nodes share beside the database; null where there is only the database.</summary>
    public static RedisAddress? ReadRedis(SettingsReader reader)
    {
        if (reader.Text(RedisPath) is not { } text)
            return null;
        try
        {
            return RedisAddress.Parse(text);
        }
        catch (FormatException wrong)
        {
            reader.Fail(RedisPath, wrong.Message);
            return null;
        }
    }
}

using System.Text.Json;
using GroqKit.Gateway.Infrastructure.Configuration;

namespace GroqKit.Gateway.Hosting;

/// <summary>
/// What goes to the log: warnings and errors, one line each, as text or as JSON, with the request id. Calls that work leave no line; their figures are
/// in the metrics. Configuration under <c>Logging</c> overrides the levels.
/// </summary>
internal static class Logs
{
    private const string ServerCategory = "Microsoft.AspNetCore.Server.Kestrel";
    private const string HostingCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const string ErrorPageCategory = "Microsoft.AspNetCore.Diagnostics.DeveloperExceptionPageMiddleware";
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private const string FormPath = "GROQKIT_LOGS";
    private const string StandardFormPath = "Logging:Console:FormatterName";
    private const string Json = "json";
    private const string Text = "text";
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <exception cref="SettingsException">The form of the log is none.</exception>
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        if (IsJson(builder.Configuration))
        {
            // Indentation would spread an event over lines, and a collector takes lines.
            builder.Logging.AddJsonConsole(console =>
            {
                console.TimestampFormat = TimeFormat;
                console.UseUtcTimestamp = true;
                console.IncludeScopes = true;
                console.JsonWriterOptions = new JsonWriterOptions { Indented = false };
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = TimeFormat + " ";
                console.UseUtcTimestamp = true;
            });
        }
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // At any level it makes the server create an activity and a log scope for every request.
        builder.Logging.AddFilter(HostingCategory, LogLevel.None);
        // Start failures are told in one line by Program, and errors of calls are logged where they are caught, with their request
        // id. The server's own error is what leaves an answer visibly unfinished.
        builder.Logging.AddFilter(HostCategory, LogLevel.None);
        builder.Logging.AddFilter(ErrorPageCategory, LogLevel.None);
        builder.Logging.AddFilter(ServerCategory, level => level is LogLevel.Warning or LogLevel.Critical);
    }

    private static bool IsJson(ConfigurationManager configuration)
    {
        string? form = configuration[FormPath];
        if (string.IsNullOrEmpty(form))
            return string.Equals(configuration[StandardFormPath], Json, StringComparison.OrdinalIgnoreCase);
        return form is Json or Text
            ? form == Json
            : throw new SettingsException([$"{FormPath}: '{form}' must be {Text} or {Json}"]);
    }
}

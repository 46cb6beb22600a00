namespace GroqKit.Gateway.Hosting;

/// <summary>
/// What goes to the log: warnings and errors, one line each, with the request id. Calls that work leave no line; their figures are
/// in the metrics. Configuration under <c>Logging</c> overrides the levels.
/// </summary>
internal static class Logs
{
    private const string ServerCategory = "Microsoft.AspNetCore.Server.Kestrel";
    private const string HostingCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const string ErrorPageCategory = "Microsoft.AspNetCore.Diagnostics.DeveloperExceptionPageMiddleware";
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public static void AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // At any level it makes the server create an activity and a log scope for every request.
        builder.Logging.AddFilter(HostingCategory, LogLevel.None);
        // Start failures are told in one line by Program, and errors of calls are logged where they are caught, with their request
        // id. The server's own error is what leaves an answer visibly unfinished.
        builder.Logging.AddFilter(HostCategory, LogLevel.None);
        builder.Logging.AddFilter(ErrorPageCategory, LogLevel.None);
        builder.Logging.AddFilter(ServerCategory, level => level is LogLevel.Warning or LogLevel.Critical);
    }
}

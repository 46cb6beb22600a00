using System.CommandLine;

namespace GroqKit.Cli;

/// <summary>The commands, and what every one of them does about errors.</summary>
internal static class CommandLine
{
    private const string Description = """
        Groq from the terminal.

        The key is taken from GROQ_API_KEY, the server from GROQ_BASE_URL.

        Exit codes: 0 success, 1 the API or the network failed, 2 wrong usage, 130 interrupted.
        """;

    // Long enough to close a connection; a second interrupt ends the process anyway.
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var root = new RootCommand(Description) { new ChatCommand(terminal).Build() };
        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            await terminal.WriteErrorAsync($"{result.Errors[0].Message} (groqkit --help shows the usage)");
            return ExitCode.Usage;
        }
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToStop,
        };
        int code = await result.InvokeAsync(configuration);
        await terminal.Output.FlushAsync();
        return code;
    }

    /// <summary>Runs the work of a command and turns the ways it can fail into a line and an exit code.</summary>
    public static async Task<int> GuardAsync(Terminal terminal, Func<Task> work)
    {
        try
        {
            await work();
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (GroqConfigurationException error)
        {
            await terminal.WriteErrorAsync(string.Join(" ", error.Errors));
            return ExitCode.Usage;
        }
        catch (GroqValidationException error) when (error.Status is null)
        {
            await terminal.WriteErrorAsync(error.Message);
            return ExitCode.Usage;
        }
        catch (GroqException error)
        {
            await terminal.WriteErrorAsync(Describe(error));
            return ExitCode.Failure;
        }
        catch (IOException error)
        {
            // The reader of a pipe went away, as "head" does.
            await terminal.WriteErrorAsync(error.Message);
            return ExitCode.Failure;
        }
    }

    private static string Describe(GroqException error)
    {
        string status = error.Status is { } code ? $" [{(int)code}{(error.Code is null ? "" : $" {error.Code}")}]" : "";
        string request = error.RequestId is { } id ? $" (request {id})" : "";
        return $"{error.Message}{status}{request}";
    }
}

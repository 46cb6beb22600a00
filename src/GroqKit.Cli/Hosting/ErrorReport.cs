using System.CommandLine;

namespace GroqKit.Cli.Hosting;

/// <summary>Turns the ways in which a command can fail into one line and an exit code.</summary>
internal sealed class ErrorReport(Terminal terminal, Command command)
{
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["max_completion_tokens"] = "--max-tokens",
        ["reasoning_effort"] = "--reasoning",
        ["response_format"] = "--format",
        ["completion_window"] = "--window",
    };

    public async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            int code = await work();
            await terminal.Output.FlushAsync();
            return code;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (UsageException error)
        {
            return await EndAsync(ExitCode.Usage, error.Message);
        }
        catch (GroqConfigurationException error)
        {
            return await EndAsync(ExitCode.Usage, string.Join(" ", error.Errors.Select(ConnectionOptions.Explain)));
        }
        catch (GroqException error)
        {
            bool isUsage = error is GroqValidationException { Status: null };
            return await EndAsync(isUsage ? ExitCode.Usage : ExitCode.Failure, Describe(error));
        }
        catch (IOException error) when (OutputClosed.Is(error))
        {
            // As "head" does. Nobody is there to be told.
            return ExitCode.OutputClosed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return await EndAsync(ExitCode.Failure, error.Message);
        }
    }

    /// <summary>What went wrong, beginning with the option where one is at fault.</summary>
    public string Describe(GroqException error)
    {
        // Of a recording that nobody had to split there are no parts to speak of.
        if (error is GroqTranscriptionException { Part.Index: 0, InnerException: GroqException cause })
            return Describe(cause);
        string message = error switch
        {
            GroqValidationException => NameOption(error),
            GroqNetworkException => NetworkProblem(error),
            _ => error.Message,
        };
        string status = error.Status is { } code ? $" [{(int)code}{(error.Code is null ? "" : $" {error.Code}")}]" : "";
        string request = error.RequestId is { } id ? $" (request {id})" : "";
        return $"{message}{status}{request}";
    }

    private async Task<int> EndAsync(int code, string message)
    {
        try
        {
            await terminal.Output.FlushAsync();
        }
        catch (IOException)
        {
            // What could not be written is what the message is about, or will not be read.
        }
        await terminal.WriteErrorAsync(message);
        return code;
    }

    // What the platform says of a failed request is often only that there is more to know.
    private static string NetworkProblem(GroqException error)
    {
        if (error.InnerException is not HttpRequestException { InnerException: { } cause } request)
            return error.Message;
        string reason = cause.GetBaseException().Message;
        return request.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => $"there is no secure connection to the server: {reason}",
            HttpRequestError.Unknown or HttpRequestError.ResponseEnded => $"the connection broke: {reason}",
            _ => error.Message,
        };
    }

    // The library speaks of parameters as they stand on the wire.
    private string NameOption(GroqException error)
    {
        if (error.Parameter is not { } parameter || !error.Message.StartsWith(parameter, StringComparison.Ordinal))
            return error.Message;
        string option = OtherNames.GetValueOrDefault(parameter) ?? "--" + parameter.Replace('_', '-');
        return command.Options.Any(known => known.Name == option)
            ? option + error.Message[parameter.Length..]
            : error.Message;
    }
}

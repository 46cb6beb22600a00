using System.Diagnostics;
using System.Text;

namespace GroqKit.TestKit;

/// <summary>A program that is run to its end.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained about.</param>
public sealed record Command(int Code, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="program">A file, or a name on the path.</param>
    /// <param name="arguments">Its command line, quoted for nobody.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">What is set for it beside this process's own; null takes a variable away.</param>
    /// <exception cref="OperationCanceledException">It did not end within ten minutes.</exception>
    public static async Task<Command> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        params (string Name, string? Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Command(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The same of a program that has to succeed.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds all it said.</exception>
    public static async Task<Command> SucceedAsync(
        string program,
        IEnumerable<string> arguments,
        string folder,
        params (string Name, string? Value)[] environment
    )
    {
        string[] line = [.. arguments];
        Command run = await RunAsync(program, line, folder, environment);
        return run.Code == 0
            ? run
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', line)} ended with {run.Code}:\n{run.Output}\n{run.Error}"
            );
    }
}

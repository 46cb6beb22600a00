using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GroqKit.AheadOfTime;

/// <summary>The program of every feature, compiled ahead of time.</summary>
/// <param name="Path">The executable.</param>
/// <param name="Log">What publishing it said.</param>
internal sealed record NativeProgram(string Path, string Log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // What publishing says where the compiler's pack cannot be had: not found, no such version, no source.
    private static readonly string[] MissingPack = ["NU1101", "NU1102", "NU1103", "NU1301", "NETSDK1094", "NETSDK1207"];

    /// <summary>Why this machine cannot compile ahead of time; null when it can.</summary>
    public static string? FindProblem()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            return "published for linux-x64 only";
        return IsOnPath("clang") || IsOnPath("gcc") ? null : "neither clang nor gcc is installed";
    }

    /// <summary>Publishes in a folder of its own beside the other build output, so that nothing else is restored or built anew.</summary>
    /// <exception cref="NativePackException">The native compiler's pack cannot be restored here.</exception>
    public static async Task<NativeProgram> PublishAsync()
    {
        string output = Repository.At("artifacts", "ahead-of-time");
        ProgramRun run = await RunAsync(
            "dotnet",
            Patience,
            [],
            "publish",
            Repository.At("tests", "AheadOfTime", "App"),
            "-c",
            "Release",
            "-p:AheadOfTime=true",
            "-p:RunAnalyzers=false",
            "--artifacts-path",
            output,
            "-nologo",
            "-v",
            "q"
        );
        if (
            run.Code != 0
            && MissingPack.FirstOrDefault(code => run.Output.Contains(code, StringComparison.Ordinal)) is { } why
        )
            throw new NativePackException($"the pack of the native compiler cannot be restored ({why})");
        run.Code.ShouldBe(0, run.Output);
        string folder = System.IO.Path.Combine(output, "publish", "AheadOfTime.App", "release_linux-x64");
        return new NativeProgram(System.IO.Path.Combine(folder, "AheadOfTime.App"), run.Output);
    }

    /// <summary>Runs it against a server.</summary>
    public Task<ProgramRun> RunAsync(Uri server, params string[] args) =>
        RunAsync(
            Path,
            TimeSpan.FromSeconds(60),
            [("GROQ_API_KEY", "gsk_native"), ("GROQ_BASE_URL", server.ToString()), ("GROQ_HOST", null)],
            args
        );

    private static async Task<ProgramRun> RunAsync(
        string program,
        TimeSpan patience,
        (string Name, string? Value)[] environment,
        params string[] args
    )
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        long begin = TimeProvider.System.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(patience);
        await process.WaitForExitAsync(limit.Token);
        TimeSpan took = TimeProvider.System.GetElapsedTime(begin);
        return new ProgramRun(process.ExitCode, await output + await error, took);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(System.IO.Path.Combine(folder, program)));
}

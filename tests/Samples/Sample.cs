using System.Diagnostics;
using System.Text;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Samples;

/// <summary>Runs a sample as its reader does: a process of its own, with key and address in its environment.</summary>
internal static class Sample
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="name">The sample's folder.</param>
    /// <param name="groq">The server it talks to.</param>
    /// <param name="folder">Where it runs and writes its files.</param>
    /// <param name="args">Its command line.</param>
    public static async Task<SampleResult> RunAsync(
        string name,
        SimulatorServer groq,
        TempDirectory folder,
        params string[] args
    )
    {
        // Samples are built in the same configuration as these tests.
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Repository.At("artifacts", "bin", name, configuration, $"{name}.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            UseShellExecute = false,
            WorkingDirectory = folder.FullPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["GROQ_API_KEY"] = "gsk_sample";
        start.Environment["GROQ_BASE_URL"] = groq.BaseAddress.ToString();
        start.Environment.Remove("GROQ_HOST");
        start.Environment["OPENAI_API_KEY"] = "sk-sample";
        start.Environment["OPENAI_BASE_URL"] = new Uri(groq.BaseAddress, "/sim/openai/v1").ToString();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return new SampleResult(process.ExitCode, await output, await error);
    }
}

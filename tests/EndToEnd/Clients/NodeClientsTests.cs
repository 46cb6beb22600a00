using System.Diagnostics;
using System.Text;
using GroqKit.EndToEnd.Running;

namespace GroqKit.EndToEnd.Clients;

/// <summary>The published JavaScript clients of OpenAI and of Groq, unmodified, where Node is there.</summary>
[Requirement("GW-02")]
public sealed class NodeClientsTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    // Node before 22 has WebSockets only when it is asked for them.
    private const string WithSockets = "--experimental-websocket";

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromMinutes(3);

    private static readonly string[] Files = ["package.json", "package-lock.json", "tour.mjs"];

    [Fact]
    public async Task The_tour_of_chat_tools_sound_files_batches_and_errors_passes()
    {
        Assert.SkipWhen(
            await TryRunAsync("node", ".", WithSockets, "--version") is not { Code: 0 },
            "Node is not here, or older than 20.10."
        );
        string folder = Directory.CreateDirectory(Repository.At("artifacts", "node-tour")).FullName;
        foreach (string file in Files)
            File.Copy(Repository.At("tests", "EndToEnd", "Clients", "Node", file), Path.Combine(folder, file), true);
        (int Code, string Output)? installed = await TryRunAsync("npm", folder, "ci", "--no-audit", "--no-fund");
        Assert.SkipWhen(
            installed is null or { Code: not 0 },
            "The clients can't be installed: " + installed?.Output.Split('\n')[^1]
        );

        (int Code, string Output)? tour = await TryRunAsync("node", folder, WithSockets, "tour.mjs");

        tour.ShouldNotBeNull();
        tour.Value.Output.ShouldContain("the tour is over");
        tour.Value.Code.ShouldBe(0, tour.Value.Output);
    }

    /// <returns>Null when there is no such program.</returns>
    private async Task<(int Code, string Output)?> TryRunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["TOUR_ADDRESS"] = gateway.Address.ToString();
        start.Environment["TOUR_KEY"] = GatewayFixture.Key;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        using var safety = new CancellationTokenSource(SafetyTimeout);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(safety.Token);
            var output = new StringBuilder(await process.StandardOutput.ReadToEndAsync(safety.Token));
            output.Append(await errors);
            await process.WaitForExitAsync(safety.Token);
            return (process.ExitCode, output.ToString().TrimEnd());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

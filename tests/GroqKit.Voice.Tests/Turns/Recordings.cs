using System.Diagnostics;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Speech that programs of this machine make: several voices, noise, silence at both ends, telephones.</summary>
internal static class Recordings
{
    public const string Words = "Hello, how are you today?";

    /// <summary>A voice of espeak-ng, and what sox does to it.</summary>
    public static TheoryData<string, int, string> All =>
        new()
        {
            { "en-us", 16_000, "" },
            { "en-us+f2", 24_000, "noise" },
            { "en-gb+f3", 22_050, "pad 2 2" },
            { "en-gb+m4", 48_000, "pad 0.5 3" },
            { "en-us", 8_000, "mu-law" },
            { "en-us+m2", 44_100, "noise" },
        };

    /// <summary>Makes a recording, unless this machine can't.</summary>
    public static async Task<byte[]> MakeAsync(string voice, int rate, string treatment)
    {
        Assert.SkipUnless(Installed("espeak-ng") && Installed("sox"), "needs espeak-ng and sox");
        using var folder = new TempDirectory();
        string plain = folder.At("plain.wav");
        string made = folder.At("made.wav");
        await RunAsync("espeak-ng", "-v", voice, "-w", plain, Words);
        string[] effects = treatment switch
        {
            "" => [],
            "noise" or "mu-law" => ["pad", "1", "1"],
            _ => treatment.Split(' '),
        };
        string[] form = treatment is "mu-law" ? ["-e", "mu-law"] : ["-b", "16"];
        await RunAsync("sox", ["-R", plain, "-r", $"{rate}", "-c", "1", .. form, made, .. effects]);
        if (treatment is not "noise")
            return await ReadAsync(made);
        string noise = folder.At("noise.wav");
        string mixed = folder.At("mixed.wav");
        await RunAsync(
            "sox",
            // Each time the same noise.
            ["-R", "-n", "-r", $"{rate}", "-c", "1", "-b", "16", noise, "synth", "6", "brownnoise", "vol", "0.02"]
        );
        await RunAsync("sox", ["-R", "-m", "-v", "1", made, "-v", "1", noise, mixed, "trim", "0", "4.5"]);
        return await ReadAsync(mixed);
    }

    private static Task<byte[]> ReadAsync(string path) =>
        File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    private static bool Installed(string program) =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, errors);
    }
}

using System.Text;

namespace GroqKit.Cli.Hosting;

/// <summary>Where input comes from and output goes to, and what time it is.</summary>
internal sealed class Terminal(
    StandardStreams streams,
    bool isInputRedirected,
    bool isOutputRedirected,
    bool isErrorRedirected
) : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public Stream InputStream => field ??= streams.Input();

    public TextReader Input => field ??= new StreamReader(InputStream, Utf8);

    public Stream OutputStream => field ??= streams.Output();

    public TextWriter Output => field ??= new StreamWriter(OutputStream, Utf8);

    public TextWriter Error => field ??= new StreamWriter(streams.Error(), Utf8) { AutoFlush = true };

    public bool IsInputRedirected => isInputRedirected;

    public bool IsOutputRedirected => isOutputRedirected;

    public bool IsErrorRedirected => isErrorRedirected;

    /// <summary>What Ctrl-C does.</summary>
    public Interruption Interruption { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The environment; null for what is not set.</summary>
    public Func<string, string?> Environment { get; init; } = global::System.Environment.GetEnvironmentVariable;

    public static Terminal System() =>
        new(StandardStreams.System, Console.IsInputRedirected, Console.IsOutputRedirected, Console.IsErrorRedirected);

    /// <summary>What came from a server, for the output: a pipe gets it as it is, a screen without anything that could control it.</summary>
    public string Shown(string text) => IsOutputRedirected ? text : Printable.Text(text);

    public void Dispose() => Interruption.Dispose();

    /// <summary>One line, whatever the message holds.</summary>
    public Task WriteErrorAsync(string message) => Error.WriteLineAsync($"groqkit: {Printable.Line(message)}");
}

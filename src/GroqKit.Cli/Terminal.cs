using System.Text;

namespace GroqKit.Cli;

/// <summary>Where input comes from and output goes to.</summary>
internal sealed record Terminal(
    TextReader Input,
    TextWriter Output,
    TextWriter Error,
    bool IsInputRedirected,
    bool IsOutputRedirected
)
{
    public static Terminal System()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal(
            new StreamReader(Console.OpenStandardInput(), utf8),
            new StreamWriter(Console.OpenStandardOutput(), utf8),
            new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true },
            Console.IsInputRedirected,
            Console.IsOutputRedirected
        );
    }

    /// <summary>One line, whatever the message holds: line ends and escape sequences of a server are not for the reader's terminal.</summary>
    public async Task WriteErrorAsync(string message)
    {
        string line = string.Concat(message.Select(letter => char.IsControl(letter) ? ' ' : letter));
        await Error.WriteLineAsync($"groqkit: {line}");
    }
}

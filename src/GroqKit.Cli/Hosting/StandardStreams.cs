using Microsoft.Win32.SafeHandles;

namespace GroqKit.Cli.Hosting;

/// <summary>How the three standard streams are opened.</summary>
internal sealed record StandardStreams(Func<Stream> Input, Func<Stream> Output, Func<Stream> Error)
{
    public static StandardStreams System { get; } =
        new(OpenInput, OpenOutput, static () => new ErrorStream(Console.OpenStandardError()));

    private static Stream OpenInput() => OwnPipe.Is(0) ? Stream.Null : Console.OpenStandardInput();

    // The console's own stream swallows what is written to a pipe that nobody reads any more, and the rest of an answer would be paid for in
    // vain. A file stays with the console's stream, which moves the position that other programs share.
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            return Console.OpenStandardOutput();
        if (OwnPipe.Is(1))
            throw new IOException("standard output is closed");
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}

namespace GroqKit.Cli.Hosting;

/// <summary>Whether a write failed because nobody reads the other end of the pipe any more.</summary>
internal static class OutputClosed
{
    // On Unix HResult is the plain error number; EPIPE is 32 on Linux, macOS and the BSDs alike.
    private const int Epipe = 32;
    private const int ErrorBrokenPipe = unchecked((int)0x8007006D);
    private const int ErrorNoData = unchecked((int)0x800700E8);

    public static bool Is(IOException error) => error.HResult is Epipe or ErrorBrokenPipe or ErrorNoData;
}

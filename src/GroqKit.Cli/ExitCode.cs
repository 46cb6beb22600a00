namespace GroqKit.Cli;

/// <summary>How the program ends. Documented in its help; scripts rely on it.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    public const int Failure = 1;

    public const int Usage = 2;

    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;
}

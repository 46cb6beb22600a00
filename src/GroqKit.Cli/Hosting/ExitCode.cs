namespace GroqKit.Cli.Hosting;

/// <summary>How the program ends. Scripts rely on it: the help and docs/cli.md show the same table.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The API, the network, a file or another program.</summary>
    public const int Failure = 1;

    public const int Usage = 2;

    /// <summary>Some of the files or requests failed, the others are done.</summary>
    public const int Partial = 3;

    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGPIPE.</summary>
    public const int OutputClosed = 141;

    public static IReadOnlyList<(int Code, string Meaning)> Table { get; } =
    [
        (Success, "success"),
        (Failure, "failed: the API, the network, or a file that could not be read or written"),
        (Usage, "wrong usage; nothing was sent"),
        (Partial, "done, but some of the files or requests failed"),
        (Interrupted, "interrupted (Ctrl-C)"),
        (OutputClosed, "whoever read the output went away"),
    ];
}

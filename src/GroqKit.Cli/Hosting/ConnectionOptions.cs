using System.CommandLine;

namespace GroqKit.Cli.Hosting;

/// <summary>Which server to ask, and with which key: the same for every command that asks one.</summary>
/// <param name="timeout">How long one attempt may take unless it is said, in seconds.</param>
internal sealed class ConnectionOptions(int timeout = 60)
{
    private const int MostSeconds = 3600;

    private readonly Option<string?> _baseUrl = new("--base-url")
    {
        Description = "The server: Groq, a gateway or a simulator. Otherwise GROQ_BASE_URL, else Groq.",
        HelpName = "URL",
    };

    private readonly Option<string?> _apiKey = new("--api-key")
    {
        Description = "The key. Otherwise GROQ_API_KEY, which other users of the machine do not see.",
        HelpName = "KEY",
    };

    private readonly Option<int> _timeout = NumberOption.Within(
        "--timeout",
        [],
        "Seconds that one attempt may take, and a stream may be silent.",
        (1, MostSeconds),
        timeout,
        "SECONDS"
    );

    public void AddTo(Command command)
    {
        command.Add(_baseUrl);
        command.Add(_apiKey);
        command.Add(_timeout);
    }

    /// <summary>The client for these arguments.</summary>
    /// <exception cref="GroqConfigurationException">The key is missing, or something is not valid.</exception>
    public GroqClient Connect(ParseResult arguments, Action<GroqClientOptions>? configure = null)
    {
        var seconds = TimeSpan.FromSeconds(arguments.GetValue(_timeout));
        // A variable that is not set must not send the key elsewhere.
        if (arguments.GetValue(_baseUrl) is { } given && string.IsNullOrWhiteSpace(given))
            throw new UsageException("--base-url is empty");
        var options = new GroqClientOptions
        {
            BaseUrl = arguments.GetValue(_baseUrl),
            ApiKey = arguments.GetValue(_apiKey) is { } key ? new ApiKey(key) : null,
            Timeout = seconds,
            TotalTimeout = seconds * 3,
            StreamIdleTimeout = seconds,
            UserAgent = "groqkit",
        };
        configure?.Invoke(options);
        return new GroqClient(options);
    }

    /// <summary>Whether there is a key to ask with.</summary>
    public bool HasKey(ParseResult arguments, Terminal terminal) =>
        arguments.GetValue(_apiKey) is not null || terminal.Environment("GROQ_API_KEY") is { Length: > 0 };

    /// <summary>An error of the client's options in the words of the command line.</summary>
    public static string Explain(string error)
    {
        if (error.StartsWith("ApiKey is missing", StringComparison.Ordinal))
            return "there is no key: set GROQ_API_KEY, or give --api-key";
        return error
            .Replace("ApiKey ", "the key (--api-key or GROQ_API_KEY) ", StringComparison.Ordinal)
            .Replace("BaseUrl ", "the server (--base-url or GROQ_BASE_URL) ", StringComparison.Ordinal);
    }
}

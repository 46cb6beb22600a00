using System.Globalization;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Scenarios;

namespace GroqKit.Simulator.Hosting;

/// <summary>The options of the program. Its usual speed is that of Groq: 50 ms to the first token, 500 tokens a second.</summary>
internal sealed record CommandLine(string Url, SimulatorOptions Options)
{
    public const string Usage = """
        The Groq API on your own machine.

          --urls URL                   where to listen (default http://127.0.0.1:9100; loopback only)
          --first-token-ms MS          time to the first token (default 50)
          --tokens-per-second N        speed after it, 0 for as fast as possible (default 500)
          --limits PLAN                rate limits: developer (default), free, off
          --keys KEY[,KEY…]            the keys that are accepted (default: any without the word "invalid")
          --enterprise                 open the models that only enterprise contracts may call
          --retired                    open the models that are shut down, Compound among them
          --scenario FILE              answer by the scenarios of a file (docs/simulator.md)
          --help                       this text

        """;

    /// <exception cref="FormatException">An argument is unknown or its value cannot be used; the message names it.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        string url = "http://127.0.0.1:9100";
        SimulatorOptions options = SimulatorOptions.AtGroqSpeed;
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            string Value() =>
                ++i < arguments.Count ? arguments[i] : throw new FormatException($"{name} needs a value.");
            switch (name)
            {
                case "--urls":
                    url = ReadUrl(Value());
                    break;
                case "--first-token-ms":
                    options = options with { FirstToken = TimeSpan.FromMilliseconds(Number(name, Value(), 3_600_000)) };
                    break;
                case "--tokens-per-second":
                    double rate = Number(name, Value(), 1_000_000);
                    options = options with { TokensPerSecond = rate == 0 ? null : rate };
                    break;
                case "--limits":
                    options = options with { RateLimits = Plan(Value()) };
                    break;
                case "--keys":
                    string[] keys = Value()
                        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                    options = options with { AcceptedKeys = keys };
                    break;
                case "--enterprise":
                    options = options with { EnterpriseModels = true };
                    break;
                case "--retired":
                    options = options with { RetiredModels = true };
                    break;
                case "--scenario":
                    options = options with { Scenarios = Script(name, Value()) };
                    break;
                default:
                    throw new FormatException($"{name} is not an option. --help lists them.");
            }
        }

        if (options.Validate() is { Count: > 0 } errors)
            throw new FormatException(string.Join(' ', errors));
        return new CommandLine(url, options);
    }

    // Made-up answers belong on the machine of the one who asks for them.
    private static string ReadUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && url is { Scheme: "http", IsLoopback: true, PathAndQuery: "/" }
            ? text.TrimEnd('/')
            : throw new FormatException(
                $"--urls must be one http address of this machine, such as http://127.0.0.1:9100, not '{text}'."
            );

    private static ScenarioScript Script(string name, string file)
    {
        try
        {
            return ScenarioScript.Load(file);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            throw new FormatException($"{name} {file}: {exception.Message}", exception);
        }
    }

    private static double Number(string name, string text, double max) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && value >= 0
        && value <= max
            ? value
            : throw new FormatException($"{name} must be a number from 0 to {max}, not '{text}'.");

    private static RateLimitPlan Plan(string text) =>
        text switch
        {
            "developer" => RateLimitPlan.Developer,
            "free" => RateLimitPlan.Free,
            "off" => RateLimitPlan.Off,
            _ => throw new FormatException($"--limits must be developer, free or off, not '{text}'."),
        };
}

using System.Diagnostics;
using System.Text;

namespace GroqKit.Cli.Tests.Hosting;

/// <summary>Where and for whom the command line runs.</summary>
/// <param name="Address">The server.</param>
internal sealed record CliPlace(string Address)
{
    public string? Key { get; init; } = "gsk_test";

    public string? Folder { get; init; }

    /// <summary>Further variables of the environment; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public ProcessStartInfo Program(string name, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(name, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(false),
            WorkingDirectory = Folder ?? "",
        };
        start.Environment["GROQ_BASE_URL"] = Address;
        start.Environment.Remove("GROQ_API_KEY");
        start.Environment.Remove("NO_COLOR");
        if (Key is not null)
            start.Environment["GROQ_API_KEY"] = Key;
        foreach (var (variable, value) in Environment)
            start.Environment[variable] = value;
        return start;
    }
}

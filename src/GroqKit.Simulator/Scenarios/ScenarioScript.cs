namespace GroqKit.Simulator.Scenarios;

/// <summary>Scenarios read from JSON: for which requests, what is answered, in what order. <c>docs/simulator.md</c> describes the form.</summary>
public sealed class ScenarioScript
{
    internal ScenarioScript(IReadOnlyList<Scenario> scenarios) => Scenarios = scenarios;

    internal IReadOnlyList<Scenario> Scenarios { get; }

    /// <summary>Reads a script from a file.</summary>
    /// <exception cref="FormatException">The script is not valid; the message lists every mistake with its path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ScenarioScript Load(string file) => ScenarioReader.Read(File.ReadAllBytes(file));

    /// <summary>Reads a script from JSON text.</summary>
    /// <exception cref="FormatException">The script is not valid; the message lists every mistake with its path.</exception>
    public static ScenarioScript Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ScenarioReader.Read(System.Text.Encoding.UTF8.GetBytes(json));
    }
}

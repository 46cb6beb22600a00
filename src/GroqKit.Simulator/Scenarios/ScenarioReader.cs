using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Scenarios;

/// <summary>Reads a script and finds everything that is wrong with it, not only the first thing.</summary>
internal sealed class ScenarioReader
{
    private const int MostScenarios = 1_000;
    private const int MostSteps = 10_000;

    private readonly List<string> _mistakes = [];

    /// <exception cref="FormatException">The script is not valid; the message lists every mistake with its path.</exception>
    public static ScenarioScript Read(ReadOnlyMemory<byte> json)
    {
        var reader = new ScenarioReader();
        List<Scenario> scenarios = [];
        reader.Try(() => scenarios = reader.ReadRoot(json));
        return reader._mistakes.Count == 0
            ? new ScenarioScript(scenarios)
            : throw new FormatException(string.Join(Environment.NewLine, reader._mistakes));
    }

    private List<Scenario> ReadRoot(ReadOnlyMemory<byte> json)
    {
        Field root = JsonBody.Parse(json, out JsonDocument document);
        using (document)
        {
            foreach (Field field in root.Properties())
            {
                if (field.Name is not "scenarios")
                    Try(() => throw field.Unsupported());
            }

            return [.. root.Require("scenarios").Items(1, MostScenarios).Select(ReadScenario)];
        }
    }

    private Scenario ReadScenario(Field field, int index)
    {
        string? path = null;
        string? model = null;
        string? contains = null;
        string name = $"scenarios[{index}]";
        ScenarioEnd end = ScenarioEnd.Usual;
        List<ScenarioStep> steps = [];
        Try(() =>
        {
            foreach (Field property in field.Properties())
                Try(() => ReadProperty(property));
            field.Require("steps");
        });
        return new Scenario(name, path, model, contains, steps, end);

        void ReadProperty(Field property)
        {
            switch (property.Name)
            {
                case "name":
                    name = property.NonEmptyText();
                    break;
                case "path":
                    path = property.Text().StartsWith('/') ? property.Text() : throw property.Must("begin with /");
                    break;
                case "model":
                    model = property.NonEmptyText();
                    break;
                case "contains":
                    contains = property.NonEmptyText();
                    break;
                case "then":
                    end = Enum.Parse<ScenarioEnd>(property.OneOf("usual", "repeat", "loop"), ignoreCase: true);
                    break;
                case "steps":
                    foreach (Field step in property.Items(1, MostSteps))
                        Try(() => steps.AddRange(ScenarioStepReader.Read(step, Try)));
                    break;
                default:
                    throw property.Unsupported();
            }
        }
    }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (ApiException exception)
        {
            _mistakes.Add(exception.Error.Message);
        }
    }
}

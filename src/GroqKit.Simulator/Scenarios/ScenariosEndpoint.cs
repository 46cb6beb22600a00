using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Scenarios;

/// <summary><c>/sim/scenarios</c>: POST takes a script, in place of the one that plays.</summary>
internal sealed class ScenariosEndpoint(ScenarioBoard board, int bodyLimit) : ControlEndpoint(bodyLimit)
{
    protected override void List(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("scenarios"u8);
        foreach (ScenarioProgress progress in board.Progress)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, progress.Name);
            json.WriteNumber("steps"u8, progress.Steps);
            json.WriteNumber("met"u8, progress.Met);
            json.WriteBoolean("is_over"u8, progress.IsOver);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    protected override void Clear() => board.Clear();

    protected override void Set(ReadOnlyMemory<byte> body)
    {
        try
        {
            board.Play(ScenarioReader.Read(body));
        }
        catch (FormatException exception)
        {
            throw new ApiException(ApiErrors.Invalid(exception.Message, "scenarios"));
        }
    }
}

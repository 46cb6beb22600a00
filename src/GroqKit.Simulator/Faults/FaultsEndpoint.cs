using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults;

/// <summary><c>/sim/faults</c>.</summary>
internal sealed class FaultsEndpoint(FaultBoard board, int bodyLimit) : ControlEndpoint(bodyLimit)
{
    protected override void List(Utf8JsonWriter json) => FaultListing.Write(json, board);

    protected override void Clear() => board.Clear();

    protected override void Set(ReadOnlyMemory<byte> body)
    {
        Field root = JsonBody.Parse(body, out JsonDocument document);
        using (document)
        {
            Field? fault = null;
            int? count = null;
            string? model = null;
            foreach (Field field in root.Properties())
            {
                switch (field.Name)
                {
                    case "fault":
                        fault = field;
                        break;
                    case "count":
                        count = field.IsNull ? null : field.Integer(1, int.MaxValue);
                        break;
                    case "model":
                        model = field.IsNull ? null : field.Text();
                        break;
                    default:
                        throw field.Unsupported();
                }
            }

            if (fault is not { } wanted)
                throw new ApiException(ApiErrors.Invalid("fault is required: its name, or null to clear", "fault"));
            if (wanted.IsNull)
                board.Clear();
            else
                Set(wanted, count, model);
        }
    }

    private void Set(Field fault, int? count, string? model)
    {
        try
        {
            board.Set(fault.Text(), count, model);
        }
        catch (ArgumentException exception)
        {
            throw fault.Error($"fault: {(exception.InnerException ?? exception).Message}");
        }
    }
}

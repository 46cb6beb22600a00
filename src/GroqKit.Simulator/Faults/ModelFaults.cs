using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.Faults;

/// <summary>The faults of a request whose model is known: those set for the model, then those that its name asks for.</summary>
internal sealed class ModelFaults(FaultBoard board)
{
    /// <summary>True when a fault has answered the request.</summary>
    public async ValueTask<bool> ApplyAsync(Exchange exchange, string model)
    {
        foreach (ArmedFault fault in board.Take(model).Concat(In(model)))
        {
            if (await exchange.ApplyAsync(fault))
                return true;
        }

        return false;
    }

    /// <exception cref="ApiException">The name asks for a fault that does not exist.</exception>
    public static IReadOnlyList<ArmedFault> In(string model)
    {
        if (ModelCatalog.FaultIn(model) is not { } text)
            return [];
        try
        {
            return FaultParser.Parse(text);
        }
        catch (FaultSyntaxException exception)
        {
            throw new ApiException(ApiErrors.Invalid($"model: {exception.Message}", "model"));
        }
    }
}

using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Scenarios;

namespace GroqKit.Simulator.Faults;

/// <summary>
/// What is set up for a request whose model is known: the faults set for the model, those that its name asks for, and the scenario
/// of the model, unless one for any model was met before.
/// </summary>
internal sealed class ModelFaults(FaultBoard board, ScenarioBoard scenarios)
{
    /// <summary>True when the request is answered.</summary>
    public async ValueTask<bool> ApplyAsync(Exchange exchange, string model)
    {
        foreach (ArmedFault fault in board.Take(model).Concat(In(model)))
        {
            if (await exchange.ApplyAsync(fault))
                return true;
        }

        if (exchange.IsScripted)
            return false;
        ScenarioStep? step = scenarios.Take(exchange.Http.Request.Path.ToString(), model, exchange.Body);
        return step is not null && await exchange.PlayAsync(step);
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

using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Faults;

internal static class FaultHeader
{
    public const string Name = "x-sim-fault";

    /// <exception cref="ApiException">The header names a fault that does not exist.</exception>
    public static IReadOnlyList<ArmedFault> Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Name, out var value))
            return [];
        try
        {
            return FaultParser.Parse(value.ToString());
        }
        catch (FaultSyntaxException exception)
        {
            throw new ApiException(ApiErrors.Invalid($"{Name}: {exception.Message}", Name));
        }
    }
}

using GroqKit.Providers.Http;

namespace GroqKit.Providers;

/// <summary>What is wrong with a request whoever serves it, told by the parameter's name.</summary>
internal static class CallerMistakes
{
    /// <exception cref="ProviderException">The value is infinite or not a number, for which JSON has no word.</exception>
    public static void CheckFinite(string parameter, object? value, ProviderCall call)
    {
        bool isFinite = value switch
        {
            float number => float.IsFinite(number),
            double number => double.IsFinite(number),
            _ => true,
        };
        if (!isFinite)
            throw Invalid(parameter, "must be a finite number.", call);
    }

    public static ProviderException Invalid(
        string parameter,
        string problem,
        ProviderCall call,
        Exception? cause = null
    ) =>
        new(
            ProviderFailure.CallerMistake,
            $"{parameter}: {problem}",
            call.Details with
            {
                Parameter = parameter,
            },
            cause
        );
}

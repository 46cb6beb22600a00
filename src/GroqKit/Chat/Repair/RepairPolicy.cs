namespace GroqKit.Chat;

/// <summary>
/// Asks once more when what the model wrote could not be used: <c>tool_use_failed</c>, <c>json_validate_failed</c>, <c>output_parse_failed</c>, and a
/// structured answer that cannot be read. Immutable; safe for all threads as far as its callback is.
/// </summary>
/// <remarks>
/// The second question is the same at half the temperature, where an unset one counts as Groq's default of 1: less chance, fewer slips of
/// form. At 0 the same answer would come again, so such a failure is final. Each question is billed.
/// </remarks>
public sealed class RepairPolicy
{
    private const double DefaultTemperature = 1;

    /// <summary>Without a callback.</summary>
    public static RepairPolicy Once { get; } = new();

    /// <summary>Told before each second question, for example to count them. Should be quick; what it throws ends the call.</summary>
    public Action<GenerationRepair>? OnRepair { get; init; }

    /// <summary>The repair of a failure; null when it is final.</summary>
    internal static GenerationRepair? Find(ChatRequest request, GroqException failure)
    {
        double temperature = (request.Temperature ?? DefaultTemperature) / 2;
        if (
            temperature <= 0
            || failure.Code is not ("tool_use_failed" or "json_validate_failed" or "output_parse_failed")
        )
            return null;
        return new GenerationRepair(failure.Code, failure.FailedGeneration, temperature, failure);
    }

    /// <summary>Asks, and asks once more if that is what it takes.</summary>
    /// <param name="request">The first question.</param>
    /// <param name="ask">Asks; gets the repairs so far.</param>
    internal async Task<TAnswer> RunAsync<TAnswer>(
        ChatRequest request,
        Func<ChatRequest, IReadOnlyList<GenerationRepair>, Task<TAnswer>> ask
    )
    {
        GenerationRepair repair;
        try
        {
            return await ask(request, []).ConfigureAwait(false);
        }
        catch (GroqException failure) when (Find(request, failure) is { } found)
        {
            repair = found;
        }
        OnRepair?.Invoke(repair);
        return await ask(request with { Temperature = repair.Temperature }, [repair]).ConfigureAwait(false);
    }
}

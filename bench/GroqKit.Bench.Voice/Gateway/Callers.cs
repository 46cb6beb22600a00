namespace GroqKit.Bench.Voice.Gateway;

/// <summary>Callers who talk at the same time.</summary>
internal static class Callers
{
    /// <summary>So many callers, each a number of turns in a row; they begin evenly spread over a time.</summary>
    public static async Task<IReadOnlyList<TurnCost>> RunAsync(this ITalk talk, int callers, int turns, TimeSpan over)
    {
        TurnCost[][] costs = await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async caller =>
                {
                    await Task.Delay(over * caller / callers, TimeProvider.System);
                    var own = new TurnCost[turns];
                    for (int turn = 0; turn < turns; turn++)
                        own[turn] = await talk.TalkAsync();
                    return own;
                })
        );
        return [.. costs.SelectMany(one => one)];
    }
}

namespace GroqKit.Bench.Gateway.Accounts;

/// <summary>The two halves of a comparison between what callers had and what the gateway recorded.</summary>
internal static class AccountBench
{
    /// <summary>
    /// Calls for a while, appends the ids of the answers to a file, and writes <c>CALLS answered failed p50 p99</c> (milliseconds).
    /// </summary>
    public static async Task CallAsync(Arguments arguments)
    {
        using var calls = new AnsweredCalls(arguments.Address("to"), arguments.Text("key"), TimeProvider.System);
        await calls.RunAsync(
            arguments.Number("callers", 8),
            TimeSpan.FromMilliseconds(arguments.Number("pause", 0)),
            TimeSpan.FromSeconds(arguments.Number("seconds"))
        );
        await File.AppendAllLinesAsync(arguments.Text("file"), calls.Ids);
        if (calls.Failure is { } failure)
            await Console.Error.WriteLineAsync($"{calls.Failed} failed, the first: {failure}");
        Console.WriteLine(
            $"CALLS {calls.Ids.Count} {calls.Failed} {calls.Milliseconds(0.50):0.00} {calls.Milliseconds(0.99):0.00}"
        );
    }

    /// <summary>Compares such a file with the gateway's records.</summary>
    /// <returns>Whether every answer is recorded once, and no more beside them than calls failed.</returns>
    public static async Task<bool> CompareAsync(Arguments arguments)
    {
        string[] answered = await File.ReadAllLinesAsync(arguments.Text("file"));
        int failed = arguments.Number("failed");
        using var records = new RecordedCalls(arguments.Address("to"), arguments.Text("key"), TimeProvider.System);
        IReadOnlyList<string> recorded = await records.ReadAsync(answered);
        int lost = answered.Except(recorded).Count();
        int twice = recorded.Count - recorded.Distinct().Count();
        int unseen = recorded.Except(answered).Count();
        Console.WriteLine(
            $"{answered.Length} answers, {recorded.Count} records: {lost} lost, {twice} twice, {unseen} of the {failed} calls without a whole answer"
        );
        return lost == 0 && twice == 0 && unseen <= failed;
    }
}

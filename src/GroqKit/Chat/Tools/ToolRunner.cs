using System.Runtime.CompilerServices;

namespace GroqKit.Chat;

/// <summary>Runs the calls of one turn: at the same time up to a bound, their results in their order.</summary>
internal sealed class ToolRunner(IReadOnlyList<Tool> tools, ToolRunOptions options, TimeProvider time)
{
    private const int MaxErrorLetters = 300;

    private readonly Dictionary<string, Tool> _tools = tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>Begins all calls, and gives each result as soon as those before it are there. Leaving early stops what still runs.</summary>
    public async IAsyncEnumerable<ToolResult> RunAsync(
        IReadOnlyList<ToolCall> calls,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var gate = new SemaphoreSlim(options.MaxConcurrency);
        // On the pool, so that code which never awaits does not hold up the other calls.
        Task<ToolResult>[] running =
        [
            .. calls.Select(call => Task.Run(() => RunAsync(call, gate, stop.Token), CancellationToken.None)),
        ];
        try
        {
            foreach (Task<ToolResult> result in running)
                yield return await result.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            // Nothing of the run outlives it; what fails now has been told, or is of no interest any more.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ToolResult> RunAsync(ToolCall call, SemaphoreSlim gate, CancellationToken token)
    {
        await gate.WaitAsync(token).ConfigureAwait(false);
        long start = time.GetTimestamp();
        try
        {
            ToolResult result = await CallAsync(call, token).ConfigureAwait(false);
            return result with { Elapsed = time.GetElapsedTime(start) };
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<ToolResult> CallAsync(ToolCall call, CancellationToken token)
    {
        if (!_tools.TryGetValue(call.Function.Name, out Tool? tool))
        {
            return new ToolResult
            {
                Call = call,
                Status = ToolResultStatus.UnknownTool,
                Content =
                    $"Error: there is no tool \"{call.Function.Name}\". There are: {string.Join(", ", _tools.Keys)}.",
            };
        }
        try
        {
            return new ToolResult
            {
                Call = call,
                Status = ToolResultStatus.Succeeded,
                Content = await tool.InvokeAsync(call.Function.Arguments, token).ConfigureAwait(false) ?? "null",
            };
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            bool isMisfit = error is ToolArgumentsException;
            return new ToolResult
            {
                Call = call,
                Status = isMisfit ? ToolResultStatus.BadArguments : ToolResultStatus.Failed,
                Content = options.DescribeError?.Invoke(call, error) ?? Describe(error),
                Error = error,
            };
        }
    }

    private static string Describe(Exception error)
    {
        string line = error.Message.ReplaceLineEndings(" ");
        return $"Error: {(line.Length > MaxErrorLetters ? $"{line[..MaxErrorLetters]}…" : line)}";
    }
}

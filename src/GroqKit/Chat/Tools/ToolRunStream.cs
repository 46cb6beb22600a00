using System.Runtime.CompilerServices;

namespace GroqKit.Chat;

/// <summary>
/// A run of tools as it happens: enumerate it, or collect it, once. Nothing is sent before. Leaving early closes the connection and stops the tools that
/// still run.
/// </summary>
public sealed class ToolRunStream : IAsyncEnumerable<ToolRunUpdate>
{
    private readonly ChatClient _chat;
    private readonly ToolLoop _loop;
    private readonly ToolRunner _runner;
    private readonly CallOptions? _options;
    private readonly CancellationToken _callToken;
    private ChatCompletion? _answer;
    private int _isTaken;

    internal ToolRunStream(
        ChatClient chat,
        ToolLoop loop,
        ToolRunner runner,
        CallOptions? options,
        CancellationToken callToken
    )
    {
        _chat = chat;
        _loop = loop;
        _runner = runner;
        _options = options;
        _callToken = callToken;
    }

    /// <summary>The whole run; null until it has ended.</summary>
    public ToolRun? Run { get; private set; }

    /// <summary>Goes through the run to its end.</summary>
    /// <param name="cancellationToken">Ends the run, beside the token it was begun with.</param>
    /// <exception cref="GroqException">A call failed.</exception>
    public async Task<ToolRun> CollectAsync(CancellationToken cancellationToken = default)
    {
        await foreach (ToolRunUpdate _ in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // All that happens is kept by the run itself.
        }
        return Run!;
    }

    /// <summary>Goes through the run as it happens.</summary>
    /// <param name="cancellationToken">Ends the run, beside the token it was begun with.</param>
    /// <exception cref="InvalidOperationException">The run has been enumerated before.</exception>
    /// <exception cref="GroqException">A call failed.</exception>
    public IAsyncEnumerator<ToolRunUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            throw new InvalidOperationException("A run can be read once.");
        return RunAsync(cancellationToken);
    }

    private async IAsyncEnumerator<ToolRunUpdate> RunAsync(CancellationToken readerToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_callToken, readerToken);
        CancellationToken token = either.Token;
        while (true)
        {
            await foreach (ToolRunUpdate update in AskAsync(token).ConfigureAwait(false))
                yield return update;
            ToolRunEnding? ending = _loop.Take(_answer!);
            var results = new List<ToolResult>();
            if (ending is null)
            {
                foreach (ToolCall call in _loop.Calls)
                    yield return new ToolRunUpdate { Step = _loop.Step, Calling = call };
                await foreach (ToolResult result in _runner.RunAsync(_loop.Calls, token).ConfigureAwait(false))
                {
                    results.Add(result);
                    yield return new ToolRunUpdate { Step = _loop.Step, Called = result };
                }
            }
            await _loop.EndStepAsync(results, token).ConfigureAwait(false);
            if (ending is null)
                continue;
            Run = _loop.Build(ending.Value);
            yield break;
        }
    }

    /// <summary>Asks the question of the turn, and once more when the answer breaks in a way that may be repaired.</summary>
    private async IAsyncEnumerable<ToolRunUpdate> AskAsync([EnumeratorCancellation] CancellationToken token)
    {
        ChatRequest request = _loop.NextRequest();
        CallOptions? options = _options;
        IReadOnlyList<GenerationRepair> repairs = [];
        while (true)
        {
            ChatStream stream = await _chat.StreamAsync(request, options, token).ConfigureAwait(false);
            IAsyncEnumerator<ChatChunk> chunks = stream.GetAsyncEnumerator(CancellationToken.None);
            GenerationRepair? repair = null;
            try
            {
                while (true)
                {
                    try
                    {
                        if (!await chunks.MoveNextAsync().ConfigureAwait(false))
                            break;
                    }
                    catch (GroqStreamException failure) when (MayRepair(options, stream, request, failure))
                    {
                        repair = RepairPolicy.Find(request, failure);
                        break;
                    }
                    yield return new ToolRunUpdate { Step = _loop.Step, Chunk = chunks.Current };
                }
            }
            finally
            {
                await chunks.DisposeAsync().ConfigureAwait(false);
            }
            if (repair is null)
            {
                _answer = stream.Snapshot();
                _answer.Repairs = [.. repairs, .. stream.Repairs];
                yield break;
            }
            options!.Repair!.OnRepair?.Invoke(repair);
            yield return new ToolRunUpdate { Step = _loop.Step, Repair = repair };
            repairs = [repair];
            request = request with { Temperature = repair.Temperature };
            options = options with { Repair = null };
        }
    }

    private static bool MayRepair(
        CallOptions? options,
        ChatStream stream,
        ChatRequest request,
        GroqException failure
    ) => options?.Repair is not null && stream.Repairs.Count == 0 && RepairPolicy.Find(request, failure) is not null;
}

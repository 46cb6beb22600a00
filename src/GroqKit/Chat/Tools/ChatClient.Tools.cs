namespace GroqKit.Chat;

public sealed partial class ChatClient
{
    /// <summary>
    /// Asks, runs the tools that the model calls, tells it their results, and asks again, until it answers or a limit is reached:
    /// <see cref="ToolRun.Ending"/> tells which.
    /// </summary>
    /// <remarks>
    /// The calls of a turn run at the same time, on the thread pool. What a tool throws is told to the model, as are unknown names and arguments
    /// that do not fit. A tool choice that forces a call holds for the first turn only.
    /// </remarks>
    /// <param name="request">What to ask. Tools of its own are offered too: those run by Groq, and those that the caller handles.</param>
    /// <param name="tools">The tools with code to run, at least one, their names unique.</param>
    /// <param name="options">Limits, and what is told to whom.</param>
    /// <param name="callOptions">What each call to the model does differently.</param>
    /// <param name="cancellationToken">Ends the run, the tools included.</param>
    /// <exception cref="GroqValidationException">The run cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">A call to the model failed. <see cref="ToolRunOptions.OnStep"/> has told of the turns before.</exception>
    public async Task<ToolRun> RunToolsAsync(
        ChatRequest request,
        IReadOnlyList<Tool> tools,
        ToolRunOptions? options = null,
        CallOptions? callOptions = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new ToolRunOptions();
        var loop = new ToolLoop(request, tools, options);
        var runner = new ToolRunner(tools, options, _http.Time);
        while (true)
        {
            ChatCompletion answer = await CreateAsync(loop.NextRequest(), callOptions, cancellationToken)
                .ConfigureAwait(false);
            ToolRunEnding? ending = loop.Take(answer);
            var results = new List<ToolResult>();
            if (ending is null)
            {
                await foreach (var result in runner.RunAsync(loop.Calls, cancellationToken).ConfigureAwait(false))
                    results.Add(result);
            }
            await loop.EndStepAsync(results, cancellationToken).ConfigureAwait(false);
            if (ending is not null)
                return loop.Build(ending.Value);
        }
    }

    /// <summary>The same as <see cref="RunToolsAsync"/>, told as it happens. Nothing is sent before the run is enumerated.</summary>
    /// <param name="request">What to ask. Tools of its own are offered too: those run by Groq, and those that the caller handles.</param>
    /// <param name="tools">The tools with code to run, at least one, their names unique.</param>
    /// <param name="options">Limits, and what is told to whom.</param>
    /// <param name="callOptions">What each call to the model does differently.</param>
    /// <param name="cancellationToken">Ends the run, the tools included.</param>
    /// <exception cref="GroqValidationException">The run cannot succeed; nothing is sent.</exception>
    public ToolRunStream StreamToolsAsync(
        ChatRequest request,
        IReadOnlyList<Tool> tools,
        ToolRunOptions? options = null,
        CallOptions? callOptions = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new ToolRunOptions();
        return new ToolRunStream(
            this,
            new ToolLoop(request, tools, options),
            new ToolRunner(tools, options, _http.Time),
            callOptions,
            cancellationToken
        );
    }
}

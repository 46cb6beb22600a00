using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Tests.Played;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

/// <summary>A clock that stands still, a trace, and a caller who writes down what it hears.</summary>
public abstract class FallbackChatStage
{
    private readonly TaskCompletionSource _heardSome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected static Act[] Works { get; } =
    [Act.Text("all "), Act.Text("well"), Act.Used(2), new Act.Finish("stop")];

    private protected ManualTimeProvider Time { get; } = new();

    private protected FallbackTrace Trace { get; } = new();

    /// <summary>Completes with the first text that is delivered.</summary>
    protected Task HeardSome => _heardSome.Task;

    private protected FallbackEngine Engine() => new(timeProvider: Time, randomness: () => 0.5);

    private protected static FallbackTarget[] Chain(params PlayedProvider[] providers) =>
        [.. providers.Select(provider => new FallbackTarget(provider, "m"))];

    private protected async Task<string> CollectAsync(
        FallbackTarget[] chain,
        FallbackOptions? options = null,
        List<string>? heard = null,
        List<FallbackSwitch>? switches = null,
        FallbackEngine? engine = null,
        CancellationToken token = default
    )
    {
        heard ??= [];
        FallbackChatClient client = (engine ?? Engine()).CreateChatClient(chain, options);
        await foreach (
            ChatResponseUpdate update in client.GetStreamingResponseAsync(
                [new(ChatRole.User, "hi")],
                null,
                Trace,
                token
            )
        )
        {
            if (update.AdditionalProperties?.TryGetValue(FallbackSwitch.PropertyName, out object? change) is true)
                switches?.Add((FallbackSwitch)change!);
            if (update.Text.Length == 0)
                continue;
            heard.Add(update.Text);
            _heardSome.TrySetResult();
        }
        return string.Concat(heard);
    }
}

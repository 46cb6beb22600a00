using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Consumers;

/// <summary>Measures chats as the ecosystem's own wrapper does: a span and token metrics by the GenAI conventions.</summary>
internal sealed class TelemetryWrapper(IChatClient inner) : DelegatingChatClient(inner)
{
    public const string Name = "Test.Wrapper";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<int> Tokens = Meter.CreateHistogram<int>("gen_ai.client.token.usage");

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        using Activity? activity = Start(options);
        ChatResponse answer = await base.GetResponseAsync(messages, options, cancellationToken);
        End(activity, answer, options);
        return answer;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using Activity? activity = Start(options);
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            updates.Add(update);
            yield return update;
            // What the consumer does in between may have changed it.
            Activity.Current = activity;
        }
        End(activity, updates.ToChatResponse(), options);
    }

    private string? Model(ChatOptions? options) =>
        options?.ModelId ?? this.GetService<ChatClientMetadata>()!.DefaultModelId;

    private Activity? Start(ChatOptions? options)
    {
        Activity? activity = Source.StartActivity($"chat {Model(options)}", ActivityKind.Client);
        ChatClientMetadata metadata = this.GetService<ChatClientMetadata>()!;
        return activity
            ?.SetTag("gen_ai.operation.name", "chat")
            .SetTag("gen_ai.request.model", Model(options))
            .SetTag("gen_ai.provider.name", metadata.ProviderName)
            .SetTag("server.address", metadata.ProviderUri!.Host)
            .SetTag("server.port", metadata.ProviderUri.Port);
    }

    private void End(Activity? activity, ChatResponse answer, ChatOptions? options)
    {
        Record("input", answer.Usage?.InputTokenCount);
        Record("output", answer.Usage?.OutputTokenCount);
        activity?.SetTag("gen_ai.usage.input_tokens", (int?)answer.Usage?.InputTokenCount);

        void Record(string type, long? count) =>
            Tokens.Record(
                (int)(count ?? 0),
                new("gen_ai.token.type", type),
                new("gen_ai.request.model", Model(options))
            );
    }
}

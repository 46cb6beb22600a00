using GroqKit.Providers.Configuration;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Echo;

internal sealed class EchoProvider(ProviderOptions options, ProviderEnvironment environment)
    : ConfiguredProvider(
        options,
        environment,
        [ProviderService.Llm],
        [new Uri("http://127.0.0.1:1/")],
        new Dictionary<ProviderService, string> { [ProviderService.Llm] = "echo-1" },
        isOpen: true
    )
{
    public override ProviderWire Wire { get; } =
        new()
        {
            Dialect = new WireDialect("echo"),
            KeyHeader = "x-key",
            RequestIdHeader = "x-id",
            Paths = new Dictionary<WireOperation, string> { [WireOperation.Chat] = "chat" },
        };

    public override IChatClient CreateChatClient(string? model = null, ProviderConnection? connection = null) =>
        new EchoChatClient(model ?? DefaultModel(ProviderService.Llm)!);

    public override ISpeechToTextClient CreateSpeechToTextClient(
        string? model = null,
        ProviderConnection? connection = null
    ) => throw Lacks(ProviderService.SpeechToText);

    public override ITextToSpeechClient CreateTextToSpeechClient(
        string? model = null,
        ProviderConnection? connection = null
    ) => throw Lacks(ProviderService.TextToSpeech);

    public override ProviderCondition Observe(
        ProviderService service,
        string model,
        ProviderConnection? connection = null
    ) => ProviderCondition.Unknown;

    public override Task<IReadOnlyList<ProviderModel>> ListModelsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Models);

    public override Task<ProviderCheck> ProbeAsync(
        ProviderService service,
        string? model = null,
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    ) => CheckAsync(connection, _ => Task.FromResult<int?>(null));
}

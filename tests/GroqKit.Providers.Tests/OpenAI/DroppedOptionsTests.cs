using System.Collections.Concurrent;
using GroqKit.Providers.Configuration;
using GroqKit.TestKit.Loopback;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace GroqKit.Providers.Tests.OpenAI;

[Requirement("PR-03")]
public sealed class DroppedOptionsTests
{
    private const string Reply = """
        {"id":"c1","model":"m","created":1,"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}
        """;

    [Fact]
    public async Task What_a_model_refuses_is_told_once_when_it_is_left_out()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Answer.Json(Reply));
        using var log = new KeptLog();
        using ProviderSet providers = ProviderRegistry.Default.Create(
            [
                new()
                {
                    Name = "openai",
                    Kind = "openai",
                    ApiKey = "key",
                    BaseUrl = server.Address.AbsoluteUri,
                },
            ],
            new ProviderEnvironment { Logging = log }
        );
        IChatClient chat = providers.All[0].CreateChatClient("gpt-6-luna");
        var options = new ChatOptions
        {
            Temperature = 0.7f,
            StopSequences = ["END"],
            AdditionalProperties = new() { ["logprobs"] = true },
        };

        await chat.GetResponseAsync("hello", options);
        await chat.GetResponseAsync("hello", options);
        await chat.GetResponseAsync("hello", new ChatOptions { MaxOutputTokens = 5 });

        log.Lines.ShouldBe(
            [
                "gpt-6-luna refuses the option temperature in calls like this one, so it is not sent.",
                "gpt-6-luna refuses the option logprobs in calls like this one, so it is not sent.",
                "gpt-6-luna refuses the option stop in calls like this one, so it is not sent.",
            ],
            ignoreOrder: true
        );
    }

    private sealed class KeptLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}

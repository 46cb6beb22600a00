using GroqKit.Providers.Configuration;
using GroqKit.Providers.Wire;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Groq;

[Requirement("PR-01", "PR-02")]
public sealed class GroqProviderTests : IAsyncLifetime
{
    private SimulatorServer _simulator = null!;
    private ProviderSet _set = null!;

    private IProvider Groq => _set.All[0];

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        _set = ProviderRegistry.Default.Create([
            new()
            {
                Name = "groq",
                Kind = "groq",
                ApiKey = "gsk_test",
                BaseUrl = _simulator.BaseAddress.AbsoluteUri,
                MaxRetries = 0,
            },
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _set.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Chat_without_a_model_uses_the_default()
    {
        ChatResponse answer = await Groq.CreateChatClient().GetResponseAsync("hello");

        answer.ModelId.ShouldBe("openai/gpt-oss-120b");
        answer.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Chat_with_an_unknown_model_says_that_another_provider_may_help()
    {
        ProviderException error = await Should.ThrowAsync<ProviderException>(() =>
            Groq.CreateChatClient("no-such-model").GetResponseAsync("hello")
        );

        error.Failure.ShouldBe(ProviderFailure.ModelUnavailable);
        error.MayTryAnother.ShouldBeTrue();
        error.IsRetryable.ShouldBeFalse();
        error.Provider.ShouldBe("groq");
        error.Model.ShouldBe("no-such-model");
        error.RequestId.ShouldNotBeNull();
        error.InnerException.ShouldBeOfType<GroqModelException>();
    }

    [Fact]
    public async Task A_mistake_in_the_request_is_the_callers()
    {
        ProviderException error = await Should.ThrowAsync<ProviderException>(() =>
            Groq.CreateChatClient().GetResponseAsync("hello", new ChatOptions { Temperature = 9 })
        );

        error.Failure.ShouldBe(ProviderFailure.CallerMistake);
        error.MayTryAnother.ShouldBeFalse();
    }

    [Fact]
    public async Task Credentials_are_checked_by_listing_models()
    {
        ProviderCheck check = await Groq.ValidateCredentialsAsync();

        check.IsHealthy.ShouldBeTrue();
        check.ModelCount.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_probe_sends_one_token_and_reports_what_came_of_it()
    {
        (await Groq.ProbeAsync(ProviderService.Llm)).Failure.ShouldBeNull();

        ProviderCheck bad = await Groq.ProbeAsync(ProviderService.Llm, "sim/500");

        bad.IsHealthy.ShouldBeFalse();
        bad.Failure!.Failure.ShouldBe(ProviderFailure.Server);
    }

    [Fact]
    public void The_wire_tells_where_bytes_go_and_with_what_key()
    {
        ProviderConnection connection = Groq.Connections[0];

        Groq.Wire.Dialect.ShouldBe(WireDialect.OpenAI);
        Groq.Wire.AddressOf(connection, WireOperation.Chat)
            .ShouldBe(new Uri(_simulator.BaseAddress, "openai/v1/chat/completions"));
        Groq.Wire.KeyValueOf(connection).ShouldBe("Bearer gsk_test");
    }

    [Fact]
    public async Task Traffic_shows_in_what_is_observed()
    {
        await Groq.CreateChatClient().GetResponseAsync("hello");

        ProviderCondition seen = Groq.Observe(ProviderService.Llm, "openai/gpt-oss-120b");

        seen.IsAvailable.ShouldBeTrue();
        seen.Limits.ShouldNotBeEmpty();
        seen.Latency!.TotalMilliseconds!.Count.ShouldBe(1);
    }
}

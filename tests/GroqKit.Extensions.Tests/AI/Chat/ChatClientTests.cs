using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Chat;

[Requirement("CL-28", "CL-10")]
public sealed class ChatClientTests
{
    [Fact]
    public void The_client_says_what_it_is()
    {
        using GroqClient groq = new ScriptedHandler().CreateClient();
        IChatClient chat = groq.AsIChatClient("m/1");

        var metadata = chat.GetService<ChatClientMetadata>()!;
        metadata.ProviderName.ShouldBe("groq");
        metadata.ProviderUri.ShouldBe(groq.BaseAddress);
        metadata.DefaultModelId.ShouldBe("m/1");
        chat.GetService<IChatClient>().ShouldBeSameAs(chat);
        chat.GetService<ChatClient>().ShouldBeSameAs(groq.Chat);
        chat.GetService(typeof(IChatClient), "key").ShouldBeNull();
        chat.GetService<Uri>().ShouldBeNull();
        Should.Throw<ArgumentNullException>(() => chat.GetService(null!));
        Should.Throw<ArgumentException>(() => groq.AsIChatClient(" ")).ParamName.ShouldBe("model");
    }

    [Fact]
    public void What_it_is_can_be_asked_through_wrappers()
    {
        using GroqClient groq = new ScriptedHandler().CreateClient();
        using IChatClient wrapped = new Wrapper(new Wrapper(groq.AsIChatClient("m/1")));

        wrapped.GetService<GroqClient>().ShouldBeSameAs(groq);
        wrapped.GetService<ChatClientMetadata>()!.DefaultModelId.ShouldBe("m/1");
    }

    [Fact]
    public async Task Disposing_of_it_leaves_the_client_open()
    {
        using GroqClient groq = new ScriptedHandler().Next(ScriptedAnswer.Chat("still here")).CreateClient();
        groq.AsIChatClient("m").Dispose();

        (await groq.AsIChatClient("m").GetResponseAsync("hi")).Text.ShouldBe("still here");
    }

    [Fact]
    public async Task Messages_are_read_once_and_options_are_left_as_they_are()
    {
        ScriptedHandler handler = new ScriptedHandler().Otherwise(_ => ScriptedAnswer.Chat("ok"));
        using GroqClient groq = handler.CreateClient();
        IChatClient chat = groq.AsIChatClient("m");
        var options = new ChatOptions
        {
            Temperature = 0.5f,
            StopSequences = ["x"],
            Tools = [Tools.Add],
            Instructions = "Be brief.",
            AdditionalProperties = new() { ["user"] = "u" },
        };
        int readings = 0;

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => chat.GetResponseAsync(Read(), options)));

        readings.ShouldBe(1000);
        handler.Requests.Select(request => request.Text).Distinct().ShouldHaveSingleItem();
        options.Temperature.ShouldBe(0.5f);
        options.StopSequences.ShouldBe(["x"]);
        options.Tools.ShouldBe([Tools.Add]);
        options.Instructions.ShouldBe("Be brief.");
        options.AdditionalProperties.ShouldBe(new Dictionary<string, object?> { ["user"] = "u" });
        options.ModelId.ShouldBeNull();

        IEnumerable<ChatMessage> Read()
        {
            Interlocked.Increment(ref readings);
            yield return new ChatMessage(ChatRole.User, "hi");
        }
    }

    [Theory]
    [InlineData(400, typeof(GroqValidationException))]
    [InlineData(401, typeof(GroqAuthenticationException))]
    [InlineData(403, typeof(GroqAuthorizationException))]
    [InlineData(429, typeof(GroqRateLimitException))]
    [InlineData(498, typeof(GroqOverloadedException))]
    [InlineData(500, typeof(GroqServerException))]
    public async Task Errors_stay_typed_and_unwrapped(int status, Type expected)
    {
        ScriptedHandler handler = new ScriptedHandler().Otherwise(_ => ScriptedAnswer.Error(status));
        using GroqClient groq = handler.CreateClient();
        IChatClient chat = groq.AsIChatClient("m");

        (await Should.ThrowAsync<GroqException>(() => chat.GetResponseAsync("hi"))).ShouldBeOfType(expected);
        (
            await Should.ThrowAsync<GroqException>(async () =>
                await chat.GetStreamingResponseAsync("hi").ToArrayAsync()
            )
        ).ShouldBeOfType(expected);
    }

    [Fact]
    public async Task A_cancelled_call_is_the_callers_and_a_late_one_is_a_timeout()
    {
        var time = new ManualTimeProvider();
        ScriptedHandler handler = new ScriptedHandler(time).Otherwise(_ => ScriptedAnswer.Timeout());
        using GroqClient groq = handler.CreateClient();
        IChatClient chat = groq.AsIChatClient("m");
        using var cancelled = new CancellationTokenSource();

        Task<ChatResponse> call = chat.GetResponseAsync("hi", null, cancelled.Token);
        await handler.NextRequestAsync();
        await cancelled.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => call)).CancellationToken.ShouldBe(cancelled.Token);

        Task<ChatResponse> late = chat.GetResponseAsync("hi");
        await handler.NextRequestAsync();
        time.Advance(TimeSpan.FromMinutes(2));
        await Should.ThrowAsync<GroqTimeoutException>(() => late);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_sends_nothing()
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();
        var token = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            groq.AsIChatClient("m").GetResponseAsync("hi", null, token)
        );
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await groq.AsIChatClient("m").GetStreamingResponseAsync("hi", null, token).ToArrayAsync()
        );
        handler.Calls.ShouldBe(0);
    }

    private sealed class Wrapper(IChatClient inner) : DelegatingChatClient(inner);
}

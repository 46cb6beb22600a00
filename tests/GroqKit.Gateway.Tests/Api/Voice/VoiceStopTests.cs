using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>A gateway that stops tells the callers of turns that still run, and lets none of them without an end.</summary>
[Requirement("GW-19", "GW-09")]
public sealed class VoiceStopTests : IAsyncLifetime
{
    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync()
    {
        _stand = await VoiceStand.StartAsync(new SimulatorOptions { TokensPerSecond = 20 });
        await _stand.LetWriteAsync(string.Concat(Enumerable.Repeat("This answer takes very long to be written. ", 40)));
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("?turn=s1&resume=30")]
    public async Task A_turn_that_outlasts_the_grace_ends_with_an_error_and_its_account(string query)
    {
        using HttpResponseMessage answer = await _stand.TypeAsync("Tell me.", query);
        var events = new List<JsonObject>();
        Task? stopping = null;
        await foreach (JsonObject happened in VoiceStand.EventsAsync(answer))
        {
            events.Add(happened);
            if (happened.TypeOf() == "audio.delta")
                stopping ??= _stand.Gateway.StopAsync();
        }
        await stopping!;

        JsonObject error = events.One("error");
        error.Text("code").ShouldBe("gateway_stopping");
        error.Text("stage").ShouldBe("delivery");
        error["retryable"]!.GetValue<bool>().ShouldBeTrue();
        events.TakeLast(4).Select(happened => happened.TypeOf()).ShouldBe(["error", "usage", "timings", "turn.done"]);
        events.Outcome().ShouldBe("failed");
        events.One("usage")["calls"]!.AsArray().Count.ShouldBeGreaterThan(0);
        await _stand.UntilIdleAsync();
    }

    [Fact]
    public async Task Sound_alone_is_cut()
    {
        using HttpResponseMessage answer = await _stand.AskAsync(
            HttpMethod.Post,
            VoiceStand.Path,
            VoiceStand.Words("Tell me."),
            ("Accept", "audio/wav")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        Task stopping = _stand.Gateway.StopAsync();

        await Should.ThrowAsync<HttpRequestException>(() =>
            answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken)
        );
        await stopping;
    }

    [Fact]
    public async Task A_turn_of_which_nothing_was_given_is_refused_as_any_call()
    {
        _stand.First.Faults.Set("hang", model: VoiceStand.Answering);
        Task<HttpResponseMessage> asking = _stand.TypeAsync("Tell me.");
        await _stand.First.Requests.WaitForAsync(
            request => request.Model == VoiceStand.Answering,
            TestContext.Current.CancellationToken
        );

        Task stopping = _stand.Gateway.StopAsync();

        using HttpResponseMessage answer = await asking;
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.ErrorAsync()).Text("code").ShouldBe("gateway_stopping");
        await stopping;
    }
}

using GroqKit.Chat;
using GroqKit.Errors;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Requests;
using GroqKit.Simulator.Scenarios;

namespace GroqKit.Simulator.Tests;

/// <summary>How to test a program against a Groq of its own, in the order in which one needs it.</summary>
[Requirement("CL-29", "SM-01")]
public sealed class ManualTests
{
    private const string Model = "openai/gpt-oss-20b";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_lines_start_a_groq_and_ask_it()
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync(cancellationToken: Stop);
        using var client = new GroqClient(
            new GroqClientOptions { ApiKey = "any", BaseUrl = groq.BaseAddress.AbsoluteUri }
        );
        ChatCompletion answer = await client.Chat.CreateAsync(Ask("Hello!"), cancellationToken: Stop);

        answer.Text!.ShouldContain("Hello!");
    }

    [Fact]
    public async Task What_the_program_sent_can_be_looked_at()
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync(cancellationToken: Stop);
        using GroqClient client = Client(groq);

        await client.Chat.CreateAsync(Ask("How are you?"), cancellationToken: Stop);

        // The last byte may be here before the server has noted that it left.
        RecordedRequest request = await groq.Requests.WaitForAsync(
            one => one.Outcome is not RequestOutcome.Running,
            Stop
        );
        request.Model.ShouldBe(Model);
        request.BodyText.ShouldContain("How are you?");
        request.Headers["authorization"].ShouldBe("Bearer any");
        request.Outcome.ShouldBe(RequestOutcome.Completed);
    }

    [Fact]
    public async Task Faults_show_whether_the_program_bears_a_bad_day()
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync(cancellationToken: Stop);
        using GroqClient client = Client(groq);

        groq.Faults.Set("cut:after=2", count: 1);
        await using ChatStream stream = await client.Chat.StreamAsync(Ask("Tell me more."), cancellationToken: Stop);
        GroqStreamException broken = await Should.ThrowAsync<GroqStreamException>(async () =>
        {
            await foreach (ChatChunk chunk in stream.WithCancellation(Stop))
                _ = chunk;
        });

        // The next request meets a healthy server again.
        (await client.Chat.CreateAsync(Ask("Once more."), cancellationToken: Stop)).Text.ShouldNotBeEmpty();
        broken.ShouldNotBeNull();
    }

    [Fact]
    public async Task Scenarios_make_the_model_say_what_the_test_is_about()
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync(cancellationToken: Stop);
        using GroqClient client = Client(groq);
        groq.Scenarios.Play(
            ScenarioScript.Parse(
                """
                {"scenarios":[{"contains":"weather","steps":[
                  {"calls":[{"name":"get_weather","arguments":{"city":"Oslo"}}]},
                  {"text":"It rains in Oslo."}]}]}
                """
            )
        );

        ChatCompletion call = await client.Chat.CreateAsync(Ask("What is the weather?"), cancellationToken: Stop);
        ChatCompletion text = await client.Chat.CreateAsync(Ask("And now, the weather?"), cancellationToken: Stop);

        call.Message!.ToolCalls!.Single().Function.Name.ShouldBe("get_weather");
        text.Text.ShouldBe("It rains in Oslo.");
    }

    [Fact]
    public async Task Limits_and_keys_are_as_strict_as_they_are_set()
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync(
            new SimulatorOptions { AcceptedKeys = ["the right one"] },
            Stop
        );
        using GroqClient client = Client(groq);

        await Should.ThrowAsync<GroqAuthenticationException>(() =>
            client.Chat.CreateAsync(Ask("May I?"), cancellationToken: Stop)
        );
    }

    private static ChatRequest Ask(string question) => new() { Model = Model, Messages = [question] };

    private static GroqClient Client(SimulatorServer groq) =>
        new(new GroqClientOptions { ApiKey = "any", BaseUrl = groq.BaseAddress.AbsoluteUri });
}

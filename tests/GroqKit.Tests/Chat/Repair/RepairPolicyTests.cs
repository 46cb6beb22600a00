using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-18")]
public sealed class RepairPolicyTests
{
    private static readonly CallOptions Repaired = new() { Repair = RepairPolicy.Once };

    [Theory]
    [InlineData("tool_use_failed")]
    [InlineData("json_validate_failed")]
    [InlineData("output_parse_failed")]
    public async Task A_failed_generation_is_asked_for_once_more_at_half_the_temperature(string code)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(400, Answers.Error(code, "<function=f"));
        server.Next(200, Answers.Text("ok"));
        using GroqClient client = Clients.For(server);
        var told = new List<GenerationRepair>();
        var options = new CallOptions { Repair = new RepairPolicy { OnRepair = told.Add } };

        ChatCompletion answer = await client.Chat.CreateAsync(Requests.Hello with { Temperature = 0.8 }, options);

        answer.Text.ShouldBe("ok");
        GenerationRepair repair = answer.Repairs.ShouldHaveSingleItem();
        repair.Code.ShouldBe(code);
        repair.FailedGeneration.ShouldBe("<function=f");
        repair.Temperature.ShouldBe(0.4);
        repair.Failure.ShouldBeOfType<GroqValidationException>();
        told.ShouldBe([repair]);
        server.Requests[0].Body.ShouldContain("\"temperature\":0.8");
        server.Requests[1].Body.ShouldBe(server.Requests[0].Body.Replace("0.8", "0.4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unset_temperature_counts_as_one()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(400, Answers.Error("tool_use_failed"));
        server.Next(200, Answers.Text("ok"));
        using GroqClient client = Clients.For(server);

        await client.Chat.CreateAsync(Requests.Hello, Repaired);

        server.Requests[1].Body.ShouldContain("\"temperature\":0.5");
    }

    [Fact]
    public async Task A_second_failure_is_final()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(400, Answers.Error("tool_use_failed", "first"));
        server.Next(400, Answers.Error("json_validate_failed", "second"));
        using GroqClient client = Clients.For(server);

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            client.Chat.CreateAsync(Requests.Hello, Repaired)
        );

        error.FailedGeneration.ShouldBe("second");
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_asked_twice_without_consent_or_at_zero_or_for_another_failure()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(400, Answers.Error("tool_use_failed"));
        server.Next(400, Answers.Error("tool_use_failed"));
        server.Next(400, Answers.Error("model_decommissioned"));
        using GroqClient client = Clients.For(server);
        ChatRequest cold = Requests.Hello with { Temperature = 0 };

        await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Requests.Hello));
        await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(cold, Repaired));
        await Should.ThrowAsync<GroqModelException>(() => client.Chat.CreateAsync(Requests.Hello, Repaired));

        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_structured_answer_that_cannot_be_read_is_asked_for_once_more()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Text("about seven"));
        server.Next(200, Answers.Text("""{\"value\":7}"""));
        using GroqClient client = Clients.For(server);

        StructuredCompletion<int> answer = await client.Chat.CreateAsync<int>(Requests.Hello, Repaired);

        answer.Value.ShouldBe(7);
        GenerationRepair repair = answer.Completion.Repairs.ShouldHaveSingleItem();
        repair.Code.ShouldBe("output_parse_failed");
        repair.FailedGeneration.ShouldBe("about seven");
        repair.Failure.ShouldBeOfType<GroqStructuredOutputException>();
    }

    [Fact]
    public async Task An_answer_that_was_cut_is_not_asked_for_again()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Text("""{\"val""", "length"));
        using GroqClient client = Clients.For(server);

        var error = await Should.ThrowAsync<GroqStructuredOutputException>(() =>
            client.Chat.CreateAsync<int>(Requests.Hello, Repaired)
        );

        error.Reason.ShouldBe(StructuredOutputFailure.Truncated);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_is_refused_at_its_start_is_opened_once_more()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(400, Answers.Error("tool_use_failed"));
        server.NextStream(Streams.Minimal);
        using GroqClient client = Clients.For(server);

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello, Repaired);
        ChatCompletion answer = await stream.CollectAsync();

        stream.Repairs.Count.ShouldBe(1);
        answer.Repairs.ShouldBe(stream.Repairs);
        server.Requests[1].Body.ShouldContain("\"temperature\":0.5");
    }

    [Fact]
    public async Task What_the_callback_throws_ends_the_call()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(400, Answers.Error("tool_use_failed"));
        using GroqClient client = Clients.For(server);
        var options = new CallOptions
        {
            Repair = new RepairPolicy { OnRepair = _ => throw new InvalidOperationException("enough") },
        };

        await Should.ThrowAsync<InvalidOperationException>(() => client.Chat.CreateAsync(Requests.Hello, options));

        server.Requests.Count.ShouldBe(1);
    }
}

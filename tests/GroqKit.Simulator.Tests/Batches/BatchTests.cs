using System.Text;
using System.Text.Json;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Scenarios;
using GroqKit.Simulator.Tests.Files;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Batches;

[Requirement("SM-01")]
public sealed class BatchTests
{
    private const string Batches = "/openai/v1/batches";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_runs_its_lines_through_the_api()
    {
        await using Sim sim = await Sim.StartAsync();

        Reply created = await CreateAsync(
            sim,
            Line("one", "/v1/chat/completions", Sim.Chat(prompt: "Why?")),
            Line("two", "/v1/chat/completions", Sim.Chat("\"temperature\":3")),
            Line(
                "three",
                "/v1/audio/transcriptions",
                """{"model":"whisper-large-v3","url":"https://example.com/a.mp3"}"""
            ),
            Line("four", "/v1/chat/completions", Sim.Chat(model: "sim/503"))
        );
        JsonElement batch = await WhenAsync(sim, created, "completed");

        GroqContract.ValidateResponse("POST", Batches, 200, created.Text).ShouldBeEmpty();
        GroqContract.Validate("Batch", batch.GetRawText()).ShouldBeEmpty();
        batch.GetProperty("request_counts").GetRawText().ShouldBe("""{"total":4,"completed":2,"failed":2}""");
        JsonElement[] output = await LinesAsync(sim, batch, "output_file_id");
        output.Select(line => line.GetProperty("custom_id").GetString()).ShouldBe(["one", "three"]);
        string body = output[0].GetProperty("response").GetProperty("body").GetRawText();
        GroqContract.ValidateResponse("POST", Sim.ChatPath, 200, body).ShouldBeEmpty();
        Reply direct = await sim.ChatAsync(Sim.Chat(prompt: "Why?"));
        JsonElement
            .Parse(body)
            .GetProperty("choices")
            .GetRawText()
            .ShouldBe(direct.Json.GetProperty("choices").GetRawText());
        JsonElement[] errors = await LinesAsync(sim, batch, "error_file_id");
        errors.Select(line => line.GetProperty("response").GetProperty("status_code").GetInt32()).ShouldBe([400, 503]);
    }

    [Fact]
    public async Task A_line_follows_its_scenario()
    {
        const string script =
            """{"scenarios":[{"path":"/chat/completions","steps":[{"text":"first"},{"fault":"500"},{"status":202,"body":{"any":1}}]}]}""";
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { Scenarios = ScenarioScript.Parse(script) });

        Reply created = await CreateAsync(
            sim,
            Line("one", "/v1/chat/completions", Sim.Chat()),
            Line("two", "/v1/chat/completions", Sim.Chat()),
            Line("three", "/v1/chat/completions", Sim.Chat())
        );
        JsonElement batch = await WhenAsync(sim, created, "completed");

        JsonElement[] output = await LinesAsync(sim, batch, "output_file_id");
        JsonElement[] errors = await LinesAsync(sim, batch, "error_file_id");
        output[0].GetRawText().ShouldContain("\"content\":\"first\"");
        output[1].GetProperty("response").GetProperty("body").GetRawText().ShouldBe("{\"any\":1}");
        errors.Single().GetProperty("custom_id").GetString().ShouldBe("two");
    }

    [Fact]
    public async Task A_file_with_mistakes_fails_and_names_each_line()
    {
        await using Sim sim = await Sim.StartAsync();
        string good = Line("same", "/v1/chat/completions", Sim.Chat());

        Reply created = await CreateAsync(
            sim,
            good,
            good,
            "{",
            Line("x", "/v1/embeddings", "{}"),
            Line("y", "/v1/chat/completions", Sim.Chat("\"stream\":true")),
            """{"custom_id":"z","method":"GET"}"""
        );
        JsonElement batch = await WhenAsync(sim, created, "failed");

        batch
            .GetProperty("errors")
            .GetProperty("data")
            .EnumerateArray()
            .Select(error => (error.GetProperty("line").GetInt32(), error.GetProperty("param").GetString()))
            .ShouldBe([(2, "custom_id"), (3, "body"), (4, "url"), (5, "body.stream"), (6, "method")]);
        GroqContract.Validate("Batch", batch.GetRawText()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_keeps_what_is_done()
    {
        var time = new ManualTimeProvider();
        await using Sim sim = await StartSlowAsync(time, TimeSpan.FromMinutes(1));
        Reply created = await CreateAsync(
            sim,
            [.. Enumerable.Range(0, 3).Select(i => Line($"{i}", "/v1/chat/completions", Sim.Chat()))]
        );
        await AdvanceAsync(time, TimeSpan.FromMinutes(1));
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop);

        Reply cancelling = await sim.SendAsync("POST", $"{Batches}/{Id(created)}/cancel");
        time.Advance(TimeSpan.FromMinutes(1));
        JsonElement batch = await WhenAsync(sim, created, "cancelled");

        cancelling.Json.GetProperty("status").GetString().ShouldBe("cancelling");
        batch.GetProperty("request_counts").GetProperty("completed").GetInt32().ShouldBe(1);
        (await LinesAsync(sim, batch, "output_file_id")).Length.ShouldBe(1);
        batch.TryGetProperty("error_file_id", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_batch_that_is_not_done_in_its_window_expires()
    {
        var time = new ManualTimeProvider();
        await using Sim sim = await StartSlowAsync(time, TimeSpan.FromHours(1));
        Reply created = await CreateAsync(
            sim,
            [.. Enumerable.Range(0, 26).Select(i => Line($"{i}", "/v1/chat/completions", Sim.Chat()))]
        );
        for (int hour = 0; hour < 24; hour++)
            await AdvanceAsync(time, TimeSpan.FromHours(1));

        JsonElement batch = await WhenAsync(sim, created, "expired");

        (await LinesAsync(sim, batch, "output_file_id")).Length.ShouldBe(23);
        JsonElement[] errors = await LinesAsync(sim, batch, "error_file_id");
        errors.Length.ShouldBe(3);
        errors[0].GetProperty("error").GetProperty("code").GetString().ShouldBe("batch_expired");
    }

    [Fact]
    public async Task A_list_comes_in_pages_or_by_ids()
    {
        await using Sim sim = await Sim.StartAsync();
        Reply file = await FileTests.UploadAsync(
            sim,
            "a.jsonl",
            Encoding.UTF8.GetBytes(Line("a", "/v1/chat/completions", Sim.Chat()))
        );
        string[] ids = new string[23];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = Id(await CreateAsync(sim, file));

        Reply first = await sim.SendAsync("GET", Batches);
        string cursor = first.Json.GetProperty("paging").GetProperty("next_cursor").GetString()!;
        Reply second = await sim.SendAsync("GET", $"{Batches}?cursor={cursor}");
        Reply chosen = await sim.SendAsync("GET", $"{Batches}?id={ids[3]}&id={ids[7]}");

        string[] Ids(Reply reply) =>
            [.. reply.Json.GetProperty("data").EnumerateArray().Select(batch => batch.GetProperty("id").GetString()!)];
        Ids(first).Concat(Ids(second)).ShouldBe(ids.Reverse());
        second.Json.TryGetProperty("paging", out _).ShouldBeFalse();
        Ids(chosen).ShouldBe([ids[3], ids[7]], ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"endpoint":"/v1/chat/completions","completion_window":"24h"}""", 400, "input_file_id")]
    [InlineData("""{"input_file_id":"f","completion_window":"24h"}""", 400, "endpoint")]
    [InlineData("""{"input_file_id":"f","endpoint":"/v1/x","completion_window":"24h"}""", 400, "endpoint")]
    [InlineData("""{"input_file_id":"f","endpoint":"/v1/chat/completions"}""", 400, "completion_window")]
    [InlineData(
        """{"input_file_id":"f","endpoint":"/v1/chat/completions","completion_window":"1h"}""",
        400,
        "completion_window"
    )]
    [InlineData(
        """{"input_file_id":"f","endpoint":"/v1/chat/completions","completion_window":"8d"}""",
        400,
        "completion_window"
    )]
    [InlineData(
        """{"input_file_id":"f","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"a":1}}""",
        400,
        "metadata.a"
    )]
    [InlineData(
        """{"input_file_id":"f","endpoint":"/v1/chat/completions","completion_window":"24h","x":1}""",
        400,
        "x"
    )]
    [InlineData(
        """{"input_file_id":"f","endpoint":"/v1/chat/completions","completion_window":"24h"}""",
        404,
        "input_file_id"
    )]
    public async Task A_mistake_names_the_field(string body, int status, string param)
    {
        await using Sim sim = await Sim.StartAsync();

        Reply reply = await sim.SendAsync("POST", Batches, body);

        reply.Status.ShouldBe(status);
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
        (await sim.SendAsync("GET", $"{Batches}/none")).Status.ShouldBe(404);
    }

    private static Task<Sim> StartSlowAsync(ManualTimeProvider time, TimeSpan line) =>
        Sim.StartAsync(new SimulatorOptions { TimeProvider = time, BatchLineTime = line });

    private static async Task AdvanceAsync(ManualTimeProvider time, TimeSpan by)
    {
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop);
        time.Advance(by);
    }

    private static string Line(string id, string url, string body) =>
        $$"""{"custom_id":"{{id}}","method":"POST","url":"{{url}}","body":{{body}}}""";

    private static string Id(Reply batch) => batch.Json.GetProperty("id").GetString()!;

    private static async Task<Reply> CreateAsync(Sim sim, params string[] lines) =>
        await CreateAsync(
            sim,
            await FileTests.UploadAsync(sim, "in.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines)))
        );

    private static Task<Reply> CreateAsync(Sim sim, Reply file) =>
        sim.SendAsync(
            "POST",
            Batches,
            $$$"""{"input_file_id":"{{{Id(file)}}}","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"a":"b"}}"""
        );

    private static async Task<JsonElement> WhenAsync(Sim sim, Reply created, string status)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        late.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            Reply batch = await sim.SendAsync("GET", $"{Batches}/{Id(created)}");
            if (batch.Json.GetProperty("status").GetString() == status)
                return batch.Json;
            late.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<JsonElement[]> LinesAsync(Sim sim, JsonElement batch, string file)
    {
        Reply content = await sim.SendAsync("GET", $"/openai/v1/files/{batch.GetProperty(file).GetString()}/content");
        return
        [
            .. content.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)),
        ];
    }
}

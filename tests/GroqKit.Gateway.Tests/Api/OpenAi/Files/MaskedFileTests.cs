using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Privacy.Detection;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi.Files;

/// <summary>What a provider gets to keep in files is masked like what it gets to read in calls.</summary>
[Requirement("GW-16", "GW-02")]
public sealed class MaskedFileTests
{
    private const string Masks = "--GroqKit:Privacy:Default=mask";
    private const string Refuses = "--GroqKit:Privacy:Default=refuse";
    private const string Person = "anna.muster@example.com";
    private const string Made = """{"id":"file-1","object":"file","bytes":1,"filename":"f","purpose":"batch"}""";

    [Fact]
    public async Task Every_line_of_a_batch_is_masked_by_itself_and_keeps_its_name()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Made), Masks);
        string file =
            Line("a", $"Mail {Person}, bob@example.org")
            + "\r\n"
            + Line("b", "nothing")
            + "\n\n"
            + Line("c", "bob@example.org");

        using HttpResponseMessage answer = await UploadAsync(gateway, file, name: $"{Person}.jsonl");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        string sent = gateway.Provider.Requests.ShouldHaveSingleItem().Text;
        sent.ShouldContain(
            Line("a", "Mail [EMAIL_1], [EMAIL_2]")
                + "\r\n"
                + Line("b", "nothing")
                + "\n\n"
                + Line("c", "[EMAIL_1]")
                + "\r\n--"
        );
        sent.ShouldContain("[EMAIL_1].jsonl");
        sent.ShouldNotContain("anna.muster");
        sent.ShouldNotContain("bob@");
    }

    [Fact]
    public async Task A_long_file_is_masked_while_it_passes()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Made), Masks);
        var file = new StringBuilder();
        while (file.Length < 6_000_000)
            file.Append(Line($"n{file.Length}", $"{new string('x', 700)} {Person} +49 151 23456789")).Append('\n');

        using HttpResponseMessage answer = await UploadAsync(gateway, file.ToString());

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        string sent = gateway.Provider.Requests.ShouldHaveSingleItem().Text;
        sent.ShouldNotContain("anna.muster");
        sent.ShouldNotContain("23456789");
        sent.Split("[EMAIL_1] [PHONE_1]").Length.ShouldBe(file.ToString().Split('\n').Length);
    }

    [Fact]
    public void However_the_file_is_cut_it_becomes_the_same() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<PositiveInt[]>(),
                cuts =>
                {
                    byte[] file = Encoding.UTF8.GetBytes(
                        Line("a", $"Ä {Person}") + "\n" + $"plain {Person}\r\n" + Line("b", "+49 151 23456789")
                    );
                    return Masked(file, [file.Length]).SequenceEqual(Masked(file, [.. cuts.Select(cut => cut.Get), 1]));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public async Task Consent_of_an_agents_owner_lets_a_file_pass_as_it_is()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Made), Masks);
        AdminAnswer made = await gateway.PostAsync(
            "/api/agents",
            """{"name":"bot","privacy":{"data":"consented"},"llm":{"provider":"groq","model":"m"}}"""
        );
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());

        using HttpResponseMessage answer = await UploadAsync(gateway, Line("a", Person), agent: "bot");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldContain(Line("a", Person));
    }

    [Theory]
    [InlineData(Refuses, "body", "personal_data", "'body' of line 2")]
    [InlineData(Masks, "custom_id", "personal_data", "'custom_id' of line 2")]
    [InlineData(Masks, "binary", "personal_data_unknown", "line 2 is no text")]
    [InlineData(Masks, "broken", "personal_data_unknown", "line 2 is no valid JSON")]
    [InlineData(Masks, "surrogate", "personal_data_unknown", "line 2 is no valid JSON")]
    public async Task What_can_not_be_masked_is_refused_and_the_line_is_named(
        string privacy,
        string line,
        string code,
        string told
    )
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Made), privacy);
        string second = line switch
        {
            "body" => Line("a", Person),
            "custom_id" => Line(Person, "hi"),
            "binary" => "a\0b",
            "broken" => "{\"custom_id\":",
            _ => "{\"custom_id\":\"x\",\"body\":\"\\ud800\"}",
        };

        using HttpResponseMessage answer = await UploadAsync(gateway, Line("one", "hi") + "\n" + second + "\n");

        string text = await answer.TextAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        JsonNode error = JsonNode.Parse(text)!["error"]!;
        ((string?)error["code"]).ShouldBe(code);
        ((string?)error["param"]).ShouldBe("file");
        ((string?)error["message"]).ShouldNotBeNull().ShouldContain(told);
        text.ShouldNotContain("anna.muster");
    }

    [Fact]
    public void A_line_that_is_too_long_is_refused_before_it_is_held()
    {
        var lines = new MaskedLines(Scanner(), Rule(), sanitises: true, longest: 100);
        var output = new ArrayBufferWriter<byte>();
        lines.Take(new byte[60], output);

        GatewayException refused = Should.Throw<GatewayException>(() => lines.Take(new byte[60], output));

        refused.Error.Status.ShouldBe(413);
    }

    [Fact]
    public async Task The_notes_on_a_batch_are_masked_too()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            context =>
                Answer.Json(
                    context.Request.Path.Value!.EndsWith("/files", StringComparison.Ordinal)
                        ? Made
                        : """{"id":"batch_1","object":"batch","status":"validating"}"""
                )(context),
            Masks
        );
        using (HttpResponseMessage file = await UploadAsync(gateway, Line("a", "hi")))
            file.StatusCode.ShouldBe(HttpStatusCode.OK, await file.TextAsync());

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/batches",
            $$$"""{"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"for":"{{{Person}}}"}}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        gateway.Provider.Requests[^1].Text.ShouldContain("\"for\":\"[EMAIL_1]\"");
    }

    [Fact]
    public async Task Nothing_is_touched_where_nobody_asked_for_it()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Made));

        using HttpResponseMessage answer = await UploadAsync(gateway, Line(Person, Person) + "\n\0");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldContain(Line(Person, Person) + "\n\0");
    }

    [Fact]
    public async Task A_batch_s_results_come_back_with_the_values_where_that_was_asked_for()
    {
        const string Results = """
            {"custom_id":"a","response":{"body":{"choices":[{"message":{"content":"Wrote to [EMAIL_1], not [EMAIL_2]."}}]}}}
            {"custom_id":"b","response":{"body":{"choices":[{"message":{"content":"Wrote to [EMAIL_1]."}}]}}}
            {"custom_id":"c","response":{"body":{"choices":[{"message":{"content":"[EMAIL_1]"}}]}}}
            """;
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            context =>
                (
                    context.Request.Path.Value! switch
                    {
                        var path when path.EndsWith("/content", StringComparison.Ordinal) => Answer.Stream(
                            "application/octet-stream",
                            Results[..50],
                            Results[50..200],
                            Results[200..]
                        ),
                        var path when path.Contains("/batches", StringComparison.Ordinal) => Answer.Json(
                            """{"id":"batch-1","object":"batch","status":"completed","output_file_id":"file-2"}"""
                        ),
                        _ => Answer.Json(Made),
                    }
                )(context),
            Masks,
            "--GROQKIT_MASTER_KEY=" + Convert.ToBase64String(new byte[32])
        );
        string file =
            Line("a", Person) + "\n" + Line("b", "bob@example.org").Replace("\"model\"", "\"user\":\"bob\",\"model\"");
        using (HttpResponseMessage made = await UploadAsync(gateway, file, unmask: "on"))
            made.StatusCode.ShouldBe(HttpStatusCode.OK, await made.TextAsync());
        using (
            HttpResponseMessage begun = await gateway.PostJsonAsync(
                "/v1/batches",
                """{"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"24h"}"""
            )
        )
            begun.StatusCode.ShouldBe(HttpStatusCode.OK, await begun.TextAsync());

        string restored = await gateway.Client.GetStringAsync(
            "/v1/files/file-2/content",
            TestContext.Current.CancellationToken
        );
        AdminAnswer erased = await gateway.PostAsync("/api/end-users/erase?user=bob", "");
        string after = await gateway.Client.GetStringAsync(
            "/v1/files/file-2/content",
            TestContext.Current.CancellationToken
        );

        gateway.Provider.Requests[0].Text.ShouldNotContain("@example");
        string[] lines = Results.Split('\n');
        string first = lines[0].Replace("[EMAIL_1]", Person);
        restored.ShouldBe(string.Join('\n', first, lines[1].Replace("[EMAIL_1]", "bob@example.org"), lines[2]));
        ((int?)erased["bodies"]).ShouldBe(1);
        after.ShouldBe(string.Join('\n', first, lines[1], lines[2]));
    }

    [Fact]
    public async Task A_wish_that_is_none_is_refused()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Made), Masks);

        using HttpResponseMessage answer = await UploadAsync(gateway, Line("a", "hi"), unmask: "perhaps");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.TextAsync()).ShouldContain("x-groqkit-unmask");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    private static string Line(string id, string content) =>
        $$$"""{"custom_id":"{{{id}}}","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"{{{content}}}"}]}}""";

    private static async Task<HttpResponseMessage> UploadAsync(
        RunningGateway gateway,
        string file,
        string? agent = null,
        string name = "lines.jsonl",
        string? unmask = null
    )
    {
        var part = new ByteArrayContent(Encoding.UTF8.GetBytes(file))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/jsonl") },
        };
        var form = new MultipartFormDataContent { { new StringContent("batch"), "purpose" }, { part, "file", name } };
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/files") { Content = form };
        if (agent is not null)
            request.Headers.Add("x-groqkit-agent", agent);
        if (unmask is not null)
            request.Headers.Add("x-groqkit-unmask", unmask);
        return await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static byte[] Masked(byte[] file, int[] cuts)
    {
        var lines = new MaskedLines(Scanner(), Rule(), sanitises: true, longest: 10_000);
        var output = new ArrayBufferWriter<byte>();
        int at = 0;
        for (int i = 0; at < file.Length; i++)
        {
            int length = Math.Min(cuts[i % cuts.Length], file.Length - at);
            lines.Take(file.AsSpan(at, length), output);
            at += length;
        }
        lines.End(output);
        return output.WrittenSpan.ToArray();
    }

    private static CallGuard Rule() => new(PrivacyModes.Mask, MaskAnswers: false, KeepDays: 0, Screening: null);

    private static PersonalDataScanner Scanner() => new(PersonalDataScanner.Usual);
}

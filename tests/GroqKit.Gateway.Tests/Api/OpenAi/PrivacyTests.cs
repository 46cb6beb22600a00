using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Api.OpenAi.Audio;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-16")]
public sealed class PrivacyTests
{
    private const string Person = "anna.muster@example.com";
    private const string Card = "4111 1111 1111 1111";
    private const string Masks = "--GroqKit:Privacy:Default=mask";

    private static readonly string Question =
        $$"""{"model":"m","messages":[{"role":"user","content":"Mail {{Person}} about {{Card}}, {{Person}}!"}],"user":"{{Person}}"}""";

    [Fact]
    public async Task What_is_personal_stays_and_comes_back_in_the_answer()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole.Replace("Hi", "I wrote to [EMAIL_1] of [CARD_1] and [EMAIL_2].")),
            Masks
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(Question);

        string sent = gateway.Provider.Requests.ShouldHaveSingleItem().Text;
        sent.ShouldBe(
            """{"model":"m","messages":[{"role":"user","content":"Mail [EMAIL_1] about [CARD_1], [EMAIL_1]!"}],"user":"[EMAIL_1]"}"""
        );
        string text = await answer.TextAsync();
        ContentOf(text).ShouldBe($"I wrote to {Person} of {Card} and [EMAIL_2].");
        answer.Content.Headers.ContentLength.ShouldBe(Encoding.UTF8.GetByteCount(text));
        (await gateway.Usage.NextAsync()).EndUser.ShouldBe(Person);
    }

    [Fact]
    public async Task A_placeholder_in_pieces_comes_back_whole_in_a_stream()
    {
        string[] words = ["To ", "[", "EMA", "IL_1", "] and", " [EMAIL", "_9", "], [CARD_1]", " arr[0] ["];
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", [Chunks.Role, .. words.Select(Chunks.Word), Chunks.Stop, Chunks.Done]),
            Masks
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(
            Question.Replace("\"model\"", "\"stream\":true,\"model\"")
        );

        string text = await answer.TextAsync();
        Streamed(text).ShouldBe($"To {Person} and [EMAIL_9], {Card} arr[0] [");
        text.ShouldEndWith(Chunks.Done);
        text.ShouldNotContain("[EMAIL_1]");
    }

    [Fact]
    public async Task Responses_give_values_back_in_pieces_and_in_what_is_done()
    {
        string[] events =
        [
            """{"type":"response.created","sequence_number":0,"response":{"status":"in_progress"}}""",
            """{"type":"response.output_text.delta","item_id":"i","output_index":0,"delta":"To [EMA"}""",
            """{"type":"response.output_text.delta","item_id":"i","output_index":0,"delta":"IL_1] ["}""",
            """{"type":"response.output_text.done","item_id":"i","output_index":0,"text":"To [EMAIL_1] ["}""",
            """{"type":"response.completed","response":{"id":"r","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"To [EMAIL_1] ["}]}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}}""",
        ];
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Events(events), Masks);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            $$"""{"model":"m","input":"Mail {{Person}}","stream":true}"""
        );

        string text = await answer.TextAsync();
        text.ShouldNotContain("EMAIL");
        JsonNode[] sent =
        [
            .. text.Split('\n')
                .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line[6..])!),
        ];
        string.Concat(sent.Select(one => (string?)one["delta"])).ShouldBe($"To {Person} [");
        sent.Select(one => (string?)one["text"]).ShouldContain($"To {Person} [");
        text.Split('\n').Count(line => line == "event: response.output_text.done").ShouldBe(1);
    }

    [Fact]
    public async Task The_arguments_of_a_tool_stay_json_when_a_value_comes_back()
    {
        const string Quoted = "\\\"anna b\\\"@example.com";
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(
                """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"mail","arguments":"{\"to\":\"[EMAIL_1]\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""
            ),
            Masks
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(
            $$"""{"model":"m","messages":[{"role":"user","content":"Mail {{Quoted}}"}]}"""
        );

        string arguments = JsonNode.Parse(await answer.TextAsync())!["choices"]![0]!["message"]!["tool_calls"]![0]![
            "function"
        ]!["arguments"]!.GetValue<string>();
        JsonNode.Parse(arguments)!["to"]!.GetValue<string>().ShouldBe("\"anna b\"@example.com");
    }

    [Theory]
    [InlineData("/v1/completions", """{"model":"openai/x","prompt":"Mail PERSON"}""")]
    [InlineData(
        "/v1/responses",
        """{"model":"m","input":[{"role":"user","content":"Mail PERSON"}],"instructions":"PERSON"}"""
    )]
    [InlineData("/v1/embeddings", """{"model":"m","input":["Mail PERSON","PERSON"]}""")]
    [InlineData("/v1/reranking", """{"model":"m","query":"PERSON","docs":["PERSON"]}""")]
    [InlineData(
        "/v1/chat/completions",
        """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"PERSON"}]},{"role":"tool","tool_call_id":"t","content":"{\"to\":\"PERSON\"}"}],"metadata":{"PERSON":"x"}}"""
    )]
    [InlineData(
        "/v1/chat/completions",
        """{"model":"m","messages":[{"role":"user","content":"anna.muster\u0040example.com"}]}"""
    )]
    public async Task No_route_lets_it_out(string path, string body)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), Masks);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(path, body.Replace("PERSON", Person));

        _ = await answer.TextAsync();
        string sent = gateway.Provider.Requests[0].Text;
        sent.ShouldContain("[EMAIL_1]");
        sent.ShouldNotContain("anna.muster");
    }

    [Theory]
    [InlineData($"Mail {Person} now.", "Mail an e-mail address now.")]
    [InlineData("Call +49 151 23456789!", "Call a phone number!")]
    [InlineData($"Paid with {Card}, from 192.168.1.17.", "Paid with a card number, from a network address.")]
    [InlineData(
        "To [EMAIL_2] or EMAIL_3, not [cheerful] A_1.",
        "To an e-mail address or an e-mail address, not [cheerful] A_1."
    )]
    public async Task Speech_says_what_a_value_was_and_never_a_placeholder(string input, string said)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json("{}"), Masks);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/audio/speech",
            $$"""{"model":"m","voice":"v","input":"{{input}}","user":"{{Person}}"}"""
        );

        _ = await answer.TextAsync();
        JsonNode sent = JsonNode.Parse(gateway.Provider.Requests[0].Text)!;
        ((string?)sent["input"]).ShouldBe(said);
        sent.ToJsonString().ShouldNotContain("anna.muster");
    }

    [Fact]
    public async Task A_prompt_behind_a_long_recording_is_masked_and_so_is_its_name()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json("""{"text":"Hello [EMAIL_1]","duration":1.0,"segments":[]}"""),
            Masks
        );
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Sounds.Wav(150)), "file", $"{Person} speaks.wav" },
            { new StringContent($"With {Person}"), "prompt" },
            { new StringContent("m"), "model" },
        };

        using HttpResponseMessage answer = await gateway.ChatAsync(form, "/v1/audio/transcriptions");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        string sent = gateway.Provider.Requests.ShouldHaveSingleItem().Text;
        sent.ShouldContain("With [EMAIL_1]");
        sent.ShouldContain("speaks.wav");
        sent.ShouldNotContain("anna.muster");
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task The_prompt_of_a_transcription_is_masked_and_its_text_is_given_back(string stream)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json("""{"text":"Hello [EMAIL_1]","duration":1.0,"segments":[]}"""),
            Masks
        );
        using MultipartFormDataContent form = Sounds.Form(
            ("model", "m"),
            ("prompt", $"With {Person}"),
            ("stream", stream),
            ("file", Sounds.Wav(1))
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(form, "/v1/audio/transcriptions");

        string text = await answer.TextAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldContain("With [EMAIL_1]");
        text.ShouldContain($"Hello {Person}");
    }

    [Fact]
    public async Task An_agent_can_refuse_where_others_mask_and_the_error_names_the_field()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), Masks);
        await MakeAsync(gateway, """{"data":"refuse"}""");

        using HttpResponseMessage answer = await gateway.ChatAsync(Question.Replace("\"m\"", "\"agent/bot\""));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode error = JsonNode.Parse(await answer.TextAsync())!["error"]!;
        ((string?)error["code"]).ShouldBe("personal_data");
        ((string?)error["param"]).ShouldBe("messages");
        error.ToString().ShouldNotContain("anna");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Consent_of_the_owner_is_recorded_with_name_and_time_and_lets_it_out()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), Masks);
        await MakeAsync(gateway, """{"data":"consented"}""");

        using HttpResponseMessage answer = await gateway.ChatAsync(Question.Replace("\"m\"", "\"agent/bot\""));

        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldContain(Person);
        JsonNode privacy = (await gateway.GetAsync("/api/agents/bot"))["privacy"]!;
        ((string?)privacy["consentedBy"]).ShouldNotBeNullOrEmpty();
        ((DateTimeOffset?)privacy["consentedAt"]).ShouldNotBeNull();
        AdminAnswer taken = await gateway.AdminAsync(
            HttpMethod.Patch,
            "/api/agents/bot",
            """{"privacy":{"data":"mask"}}"""
        );
        taken["privacy"]!["consentedBy"].ShouldBeNull();
    }

    [Fact]
    public async Task Answers_are_masked_too_where_an_agent_wants_that_also_over_pieces()
    {
        string[] words = ["Ask ", "bob@", "exam", "ple.org or", " +49 151 ", "2345", "6789 ", "not [EMAIL_1]", " ok"];
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", [Chunks.Role, .. words.Select(Chunks.Word), Chunks.Stop, Chunks.Done])
        );
        await MakeAsync(gateway, """{"data":"mask","maskAnswers":true}""");

        using HttpResponseMessage answer = await gateway.ChatAsync(
            Question.Replace("\"m\"", "\"agent/bot\"").Replace("\"model\"", "\"stream\":true,\"model\"")
        );

        string text = await answer.TextAsync();
        Streamed(text).ShouldBe($"Ask {Person} or [PHONE_1] not {Person} ok".Replace($"Ask {Person}", "Ask [EMAIL_2]"));
        text.ShouldNotContain("bob");
        text.ShouldNotContain("2345");
    }

    [Fact]
    public async Task A_placeholder_of_the_callers_own_is_not_taken_for_one_of_ours()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole.Replace("Hi", "[EMAIL_1] [EMAIL_2]")),
            Masks
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(
            $$"""{"model":"m","messages":[{"role":"user","content":"What is [EMAIL_1]? Ask {{Person}}"}]}"""
        );

        ContentOf(await answer.TextAsync()).ShouldBe($"[EMAIL_1] {Person}");
    }

    [Fact]
    public async Task Nothing_is_touched_where_nobody_asked_for_it()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(Question);

        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldBe(Question);
        (await answer.TextAsync()).ShouldBe(Chunks.Whole);
    }

    [Fact]
    public async Task Bodies_are_kept_only_where_asked_encrypted_exported_and_erased_with_their_user()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await MakeAsync(gateway, """{"keepDays":7}""");
        using (await gateway.ChatAsync(Question)) { }
        using (await gateway.ChatAsync(Question.Replace("\"m\"", "\"agent/bot\""))) { }
        string path = "/api/end-users?user=" + Uri.EscapeDataString(Person);

        AdminAnswer export = await gateway.GetAsync(path);

        JsonObject[] calls = [.. export["calls"]!.AsArray().Select(call => call!.AsObject())];
        calls.Length.ShouldBe(2);
        calls.Count(call => call["request"] is not null).ShouldBe(1);
        ((string?)calls[0]["request"]).ShouldNotBeNull().ShouldContain(Person);
        ((string?)calls[0]["answer"]).ShouldBe(Chunks.Whole);

        AdminAnswer erased = await gateway.PostAsync("/api/end-users/erase?user=" + Uri.EscapeDataString(Person), "{}");

        ((int?)erased["accounts"]).ShouldBe(2);
        ((int?)erased["bodies"]).ShouldBe(1);
        (await gateway.GetAsync(path))["calls"]!.AsArray().ShouldBeEmpty();
        (await gateway.GetAsync("/api/usage"))["items"]!.AsArray().Count.ShouldBe(2);
        (await gateway.GetAsync("/api/end-users")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task MakeAsync(RunningGateway gateway, string privacy)
    {
        AdminAnswer made = await gateway.PostAsync(
            "/api/agents",
            $$$"""{"name":"bot","privacy":{{{privacy}}},"llm":{"provider":"groq","model":"m"}}"""
        );
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
    }

    private static string ContentOf(string answer) =>
        JsonNode.Parse(answer)!["choices"]![0]!["message"]!["content"]!.GetValue<string>();

    private static string Streamed(string text) =>
        string.Concat(
            text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Where(one => one.StartsWith("data: {", StringComparison.Ordinal))
                .Select(one => (string?)JsonNode.Parse(one[6..])!["choices"]![0]!["delta"]!["content"])
        );
}

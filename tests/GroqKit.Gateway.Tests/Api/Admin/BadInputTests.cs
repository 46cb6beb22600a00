using System.Net;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.Admin;

[Requirement("GW-18", "GW-04")]
public sealed class BadInputTests
{
    private const string Llm = "/api/agents/a/providers/llm";
    private const string Tts = "/api/agents/a/providers/tts";

    /// <summary>Method and path, the body, and the field that the error has to name.</summary>
    public static TheoryData<string, string, string?> Cases =>
        new()
        {
            { "POST /api/agents", "", null },
            { "POST /api/agents", "{", null },
            { "POST /api/agents", "[]", null },
            { "POST /api/agents", "\"a\"", null },
            { "POST /api/agents", "{} {}", null },
            { "POST /api/agents", "{\"name\":\"\u0001\"}", null },
            { "POST /api/agents", """{"name":"x","\ud800":1}""", null },
            { "POST /api/agents", "{}", "name" },
            { "POST /api/agents", """{"name":null}""", "name" },
            { "POST /api/agents", """{"name":7}""", "name" },
            { "POST /api/agents", """{"name":""}""", "name" },
            { "POST /api/agents", """{"name":"a b"}""", "name" },
            { "POST /api/agents", """{"name":"a/b"}""", "name" },
            { "POST /api/agents", """{"name":"-a"}""", "name" },
            { "POST /api/agents", """{"name":"ä"}""", "name" },
            { "POST /api/agents", """{"name":"a\r\nb"}""", "name" },
            { "POST /api/agents", """{"name":"\ud800"}""", "name" },
            { "POST /api/agents", $$"""{"name":"{{new string('a', 65)}}"}""", "name" },
            { "POST /api/agents", """{"name":"x","name":"y"}""", "name" },
            { "POST /api/agents", """{"name":"a"}""", "name" },
            { "POST /api/agents", """{"name":"x","colour":"red"}""", "colour" },
            { "POST /api/agents", """{"name":"x","onBreak":"explode"}""", "onBreak" },
            { "POST /api/agents", """{"name":"x","description":7}""", "description" },
            { "POST /api/agents", """{"name":"x","limits":7}""", "limits" },
            { "POST /api/agents", """{"name":"x","limits":{"wishes":{"day":3}}}""", "limits.wishes" },
            { "POST /api/agents", """{"name":"x","limits":{"tokens":{"year":3}}}""", "limits.tokens.year" },
            { "POST /api/agents", """{"name":"x","limits":{"tokens":{"day":-3}}}""", "limits.tokens.day" },
            { "POST /api/agents", """{"name":"x","limits":{"requests":{"day":1.5}}}""", "limits.requests.day" },
            { "POST /api/agents", """{"name":"x","llm":"groq"}""", "llm" },
            { "POST /api/agents", """{"name":"x","llm":{"model":"m"}}""", "llm.provider" },
            { "POST /api/agents", """{"name":"x","llm":{"provider":"nobody","model":"m"}}""", "llm.provider" },
            { "PUT /api/agents/a", """{"name":"b"}""", "name" },
            { "PATCH /api/agents/a", """{"tts":[]}""", "tts" },
            { "PUT /api/agents/nobody", "{}", null },
            { $"PUT {Llm}", "{}", "provider" },
            { $"PUT {Llm}", """{"provider":"groq"}""", "model" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m m"}""", "model" },
            { $"PUT {Llm}", """{"provider":"groq","model":"../x"}""", "model" },
            { $"PUT {Llm}", """{"provider":"voices","model":"m"}""", "provider" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","extra":1}""", "extra" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","config":[]}""", "config" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","config":{"model":"x"}}""", "config.model" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","config":{"stream":true}}""", "config.stream" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","config":{"temperature":3}}""", "config.temperature" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","config":{"max_tokens":-1}}""", "config.max_tokens" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","config":{"top_p":"hot"}}""", "config.top_p" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","config":{"a":{"b":1,"b":2}}}""", "config.a.b" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","fallback":{}}""", "fallback" },
            { $"PUT {Llm}", """{"provider":"groq","model":"m","fallback":["groq"]}""", "fallback[0]" },
            {
                $"PUT {Llm}",
                """{"provider":"groq","model":"m","fallback":[{"provider":"groq"}]}""",
                "fallback[0].model"
            },
            {
                $"PUT {Llm}",
                """{"provider":"groq","model":"m","fallback":[{"provider":"groq","model":"m"}]}""",
                "fallback[0].model"
            },
            {
                $"PUT {Llm}",
                $$"""{"provider":"groq","model":"m","fallback":[{{string.Join(',', Enumerable.Repeat("{}", 9))}}]}""",
                "fallback"
            },
            {
                $"PUT {Llm}",
                """{"provider":"groq","model":"m","fallback":[{"provider":"groq","model":"n","config":{"temperature":3}}]}""",
                "fallback[0].config.temperature"
            },
            {
                $"PUT {Llm}",
                """{"provider":"groq","model":"m","fallback":[{"provider":"groq","model":"n","config":{"model":"x"}}]}""",
                "fallback[0].config.model"
            },
            { $"PUT {Tts}", """{"provider":"groq","model":"m","config":{"voice":7}}""", "config.voice" },
            { $"PUT {Tts}", """{"provider":"groq","model":"m","config":{"voice":""}}""", "config.voice" },
            { $"PUT {Tts}", """{"provider":"groq","model":"m","config":{"voice":{}}}""", "config.voice.id" },
            { $"PUT {Tts}", """{"provider":"groq","model":"m","config":{"speed":99}}""", "config.speed" },
            {
                $"PUT {Tts}",
                """{"provider":"groq","model":"m","fallback":[{"provider":"groq","model":"n","config":{"voice":[]}}]}""",
                "fallback[0].config.voice"
            },
            {
                $"PUT {Tts}",
                """{"provider":"groq","model":"m","fallback":[{"provider":"groq","model":"n","config":{"input":"x"}}]}""",
                "fallback[0].config.input"
            },
            { "PUT /api/agents/a/providers/smell", """{"provider":"groq","model":"m"}""", null },
            { "POST /api/providers", """{"kind":"openai"}""", "name" },
            { "POST /api/providers", """{"name":"x"}""", "kind" },
            { "POST /api/providers", """{"name":"x","kind":"magic"}""", "kind" },
            { "POST /api/providers", """{"name":"agent","kind":"openai"}""", "name" },
            { "POST /api/providers", """{"name":"voices","kind":"openai"}""", "name" },
            { "POST /api/providers", """{"name":"x","kind":"openai","baseUrl":"models"}""", "baseUrl" },
            { "POST /api/providers", """{"name":"x","kind":"openai","baseUrl":"ftp://a.example"}""", "baseUrl" },
            { "POST /api/providers", """{"name":"x","kind":"openai","baseUrl":"http://a.example"}""", "baseUrl" },
            { "POST /api/providers", """{"name":"x","kind":"openai","baseUrl":"https://10.0.0.1"}""", "baseUrl" },
            {
                "POST /api/providers",
                """{"name":"x","kind":"openai","baseUrl":"https://169.254.169.254"}""",
                "baseUrl"
            },
            { "POST /api/providers", """{"name":"x","kind":"openai","baseUrl":"https://u:p@a.example"}""", "baseUrl" },
            { "POST /api/providers", """{"name":"x","kind":"openai","baseUrl":"https://a.example/?q=1"}""", "baseUrl" },
            { "POST /api/providers", """{"name":"x","kind":"openai","apiKey":""}""", "apiKey" },
            { "POST /api/providers", """{"name":"x","kind":"openai","apiKey":"a b"}""", "apiKey" },
            { "POST /api/providers", """{"name":"x","kind":"openai","apiKey":"a\r\nX-Evil: 1"}""", "apiKey" },
            { "POST /api/providers", """{"name":"x","kind":"openai","maxRetries":-1}""", "maxRetries" },
            { "POST /api/providers", """{"name":"x","kind":"openai","maxRetries":"2"}""", "maxRetries" },
            { "POST /api/providers", """{"name":"x","kind":"openai","timeoutSeconds":0}""", "timeoutSeconds" },
            { "POST /api/providers", """{"name":"x","kind":"openai","timeoutSeconds":1.5}""", "timeoutSeconds" },
            { "POST /api/keys", "{}", "name" },
            { "POST /api/keys", """{"name":"x","role":"king"}""", "role" },
            { "POST /api/keys", """{"name":"x","scopes":"chat"}""", "scopes" },
            { "POST /api/keys", """{"name":"  "}""", "name" },
            { "POST /api/keys", """{"name":"a\u202Eb"}""", "name" },
            { "POST /api/keys", """{"name":"x","scopes":[]}""", "scopes" },
            { "POST /api/keys", """{"name":"x","scopes":[7]}""", "scopes[0]" },
            { "POST /api/keys", """{"name":"x","scopes":["chat","fly"]}""", "scopes[1]" },
            { "POST /api/keys", """{"name":"x","role":"caller","scopes":["keys:write"]}""", "scopes[0]" },
            { "POST /api/keys", """{"name":"x","expiresAt":"tomorrow"}""", "expiresAt" },
            { "POST /api/keys", """{"name":"x","expiresAt":"2001-01-01T00:00:00Z"}""", "expiresAt" },
            { "POST /api/keys", """{"name":"x","userLimits":{"cost":{"day":"much"}}}""", "userLimits.cost.day" },
            { "POST /api/keys", """{"name":"x","hash":"00"}""", "hash" },
            { "POST /api/keys?tenant=a%2Fb", """{"name":"x"}""", "tenant" },
            { "POST /api/keys?tenant=a&tenant=b", """{"name":"x"}""", "tenant" },
        };

    [Fact]
    public async Task Every_bad_input_is_refused_with_its_field_and_stores_nothing()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await gateway.PostAsync("/api/providers", """{"name":"voices","kind":"elevenlabs"}""");
        await gateway.PostAsync("/api/agents", """{"name":"a"}""");
        string before = await StateAsync(gateway);

        foreach ((string target, string body, string? field) in Cases.Select(row => row.Data))
        {
            string[] parts = target.Split(' ');

            AdminAnswer answer = await gateway.AdminAsync(new HttpMethod(parts[0]), parts[1], body);

            string seen = $"{target} {body} gave {(int)answer.Status} {answer.Body.ToJsonString()}";
            ((int)answer.Status).ShouldBeInRange(400, 499, seen);
            answer.Error["param"]?.GetValue<string>().ShouldBe(field, seen);
            if (field is not null)
                answer.Error["message"]!.GetValue<string>().ShouldNotContain("   at ", customMessage: seen);
        }

        (await StateAsync(gateway)).ShouldBe(before);
        Cases.Count.ShouldBeGreaterThanOrEqualTo(50);
    }

    [Theory]
    [InlineData("/api/agents?limit=0", "limit")]
    [InlineData("/api/agents?limit=501", "limit")]
    [InlineData("/api/agents?limit=ten", "limit")]
    [InlineData("/api/agents?limit=1&limit=2", "limit")]
    [InlineData("/api/audit?after=x", "after")]
    [InlineData("/api/audit?from=2026-01-01", "from")]
    [InlineData("/api/jobs?status=done", "status")]
    public async Task A_bad_query_is_refused_with_its_name(string path, string field)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        AdminAnswer answer = await gateway.GetAsync(path);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Error["param"]!.GetValue<string>().ShouldBe(field);
    }

    [Fact]
    public async Task A_body_beyond_its_limit_or_depth_is_refused()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string large = $$"""{"name":"x","description":"{{new string('d', 256 * 1024)}}"}""";
        string deep = $$"""{"name":"x","limits":{{string.Concat(Enumerable.Repeat("[", 70))}}""";

        AdminAnswer tooLarge = await gateway.PostAsync("/api/agents", large);
        AdminAnswer tooDeep = await gateway.PostAsync("/api/agents", deep);
        AdminAnswer badTag = await gateway.PutAsync("/api/agents/x", "{}", ifMatch: "W/\"1\"");

        tooLarge.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        tooLarge.Error["message"]!.GetValue<string>().ShouldContain("the limit for JSON, which is 262,144 bytes");
        tooDeep.Status.ShouldBe(HttpStatusCode.BadRequest);
        badTag.Error["param"]!.GetValue<string>().ShouldBe("if-match");
    }

    private static async Task<string> StateAsync(RunningGateway gateway)
    {
        string[] parts = await Task.WhenAll(
            new[] { "agents", "providers", "keys", "audit" }.Select(async list =>
                (await gateway.GetAsync($"/api/{list}?limit=500")).Body.ToJsonString()
            )
        );
        return string.Join('\n', parts);
    }
}

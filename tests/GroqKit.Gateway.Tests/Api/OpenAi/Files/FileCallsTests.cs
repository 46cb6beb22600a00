using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Sync;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.Simulator.Hosting;
using GroqKit.TestKit.Loopback;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Api.OpenAi.Files;

/// <summary>Files and batches against the simulator, which keeps them by the gateway's one key, as a provider does.</summary>
[Requirement("GW-02", "GW-14")]
public sealed class FileCallsTests : IAsyncLifetime
{
    private const string Lines =
        "{\"custom_id\":\"1\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"openai/gpt-oss-20b\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}\n";

    private SimulatorServer _simulator = null!;
    private RunningGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), Cancelled);
        _gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQ_BASE_URL={_simulator.BaseAddress}"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task A_file_is_kept_listed_read_and_deleted()
    {
        JsonObject file = await UploadAsync();
        string id = (string)file["id"]!;

        ((string?)file["filename"]).ShouldBe("lines.jsonl");
        JsonObject list = await SendAsync(HttpMethod.Get, "/v1/files");
        ((string?)list["data"]!.AsArray().ShouldHaveSingleItem()!["id"]).ShouldBe(id);
        ((bool)list["has_more"]!).ShouldBeFalse();
        ((string?)(await SendAsync(HttpMethod.Get, $"/openai/v1/files/{id}"))["id"]).ShouldBe(id);
        (await _gateway.Client.GetStringAsync($"/v1/files/{id}/content", Cancelled)).ShouldBe(Lines);
        ((bool)(await SendAsync(HttpMethod.Delete, $"/v1/files/{id}"))["deleted"]!).ShouldBeTrue();
        (await SendAsync(HttpMethod.Get, "/v1/files"))["data"]!.AsArray().ShouldBeEmpty();
        await SendAsync(HttpMethod.Get, $"/v1/files/{id}", HttpStatusCode.NotFound);
        UsageRecord record = await _gateway.Usage.NextAsync();
        record.Operation.ShouldBe(Operation.Files);
        record.Outcome.ShouldBe(Outcome.Completed);
    }

    [Fact]
    public async Task No_tenant_sees_another_tenants_files_and_batches()
    {
        string a = await _gateway.NewKeyAsync("""{"name":"k"}""", tenant: "a");
        string b = await _gateway.NewKeyAsync("""{"name":"k"}""", tenant: "b");
        string file = (string)(await UploadAsync(a))["id"]!;
        JsonObject batch = await SendAsync(HttpMethod.Post, "/v1/batches", body: BatchOf(file), key: a);
        string id = (string)batch["id"]!;

        foreach (string? foreign in (string?[])[b, null])
        {
            (await SendAsync(HttpMethod.Get, "/v1/files", key: foreign))["data"]!.AsArray().ShouldBeEmpty();
            (await SendAsync(HttpMethod.Get, "/v1/batches", key: foreign))["data"]!.AsArray().ShouldBeEmpty();
            (await SendAsync(HttpMethod.Get, $"/v1/batches?id={id}", key: foreign))["data"]!.AsArray().ShouldBeEmpty();
            foreach (
                (HttpMethod method, string path) in ((HttpMethod, string)[])
                    [
                        (HttpMethod.Get, $"/v1/files/{file}"),
                        (HttpMethod.Get, $"/v1/files/{file}/content"),
                        (HttpMethod.Delete, $"/v1/files/{file}"),
                        (HttpMethod.Get, $"/v1/batches/{id}"),
                        (HttpMethod.Post, $"/v1/batches/{id}/cancel"),
                    ]
            )
            {
                await SendAsync(method, path, HttpStatusCode.NotFound, key: foreign);
            }
            JsonObject refused = await SendAsync(
                HttpMethod.Post,
                "/v1/batches",
                HttpStatusCode.NotFound,
                BatchOf(file),
                foreign
            );
            ((string?)refused["error"]!["param"]).ShouldBe("input_file_id");
        }
        ((string?)(await SendAsync(HttpMethod.Get, $"/v1/files/{file}", key: a))["id"]).ShouldBe(file);
    }

    [Fact]
    public async Task What_a_batch_used_is_put_to_account_once_when_it_is_over()
    {
        string key = await _gateway.NewKeyAsync("""{"name":"k"}""", tenant: "a");
        string file = (string)(await UploadAsync(key))["id"]!;
        string id = (string)(await SendAsync(HttpMethod.Post, "/v1/batches", body: BatchOf(file), key: key))["id"]!;
        JsonObject batch;
        do
        {
            batch = await SendAsync(HttpMethod.Get, $"/v1/batches/{id}", key: key);
        } while ((string?)batch["status"] is not ("completed" or "failed"));
        var task = _gateway.Services.GetRequiredService<BatchTask>();

        SyncResult first = await task.RunAsync(Cancelled);
        // As if the node had died between the account and the note of it.
        SyncResult again = await task.RunAsync(Cancelled);
        await _gateway
            .Services.GetRequiredService<IDatabase>()
            .WriteAsync(
                async transaction =>
                {
                    await again.Effect!(transaction, Cancelled);
                    return true;
                },
                Cancelled
            );
        SyncResult last = await task.RunAsync(Cancelled);

        first.Summary.ShouldBe("1 batches, 1 over.");
        last.Summary.ShouldBe("0 batches, 0 over.");
        AdminAnswer usage = await _gateway.GetAsync($"/api/usage?requestId={id}-0&tenant=a");
        JsonNode record = usage["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)record["model"]).ShouldBe("openai/gpt-oss-20b");
        ((string?)record["key"]).ShouldNotBeNull();
        long prompt = (long)record["promptTokens"]!;
        long completion = (long)record["completionTokens"]!;
        prompt.ShouldBeGreaterThan(0);
        completion.ShouldBeGreaterThan(0);
        // Half of $0.075 and $0.30 a million.
        ((decimal)record["cost"]!).ShouldBe(((prompt * 0.075m) + (completion * 0.30m)) / 1_000_000m / 2);
    }

    [Fact]
    public async Task A_provider_that_is_switched_off_gets_no_files_and_no_batches()
    {
        string file = (string)(await UploadAsync())["id"]!;
        await _gateway.PostAsync("/api/providers/groq/disable", "");

        JsonObject refused = await SendAsync(
            HttpMethod.Post,
            "/v1/batches",
            HttpStatusCode.ServiceUnavailable,
            BatchOf(file)
        );
        ((string?)refused["error"]!["code"]).ShouldBe("provider_disabled");
        await SendAsync(HttpMethod.Get, $"/v1/files/{file}", HttpStatusCode.ServiceUnavailable);
        await SendAsync(HttpMethod.Get, "/v1/models", HttpStatusCode.ServiceUnavailable);
        (await SendAsync(HttpMethod.Get, "/v1/files"))["data"]!.AsArray().ShouldBeEmpty();
        await _gateway.PostAsync("/api/providers/groq/enable", "");
        ((string?)(await SendAsync(HttpMethod.Get, $"/v1/files/{file}"))["id"]).ShouldBe(file);
    }

    [Fact]
    public async Task A_batch_runs_and_what_it_makes_belongs_to_whoever_has_it()
    {
        string key = await _gateway.NewKeyAsync("""{"name":"k"}""", tenant: "a");
        string file = (string)(await UploadAsync(key))["id"]!;
        string id = (string)(await SendAsync(HttpMethod.Post, "/v1/batches", body: BatchOf(file), key: key))["id"]!;
        JsonObject batch;
        do
        {
            batch = await SendAsync(HttpMethod.Get, $"/v1/batches/{id}", key: key);
        } while ((string?)batch["status"] is not ("completed" or "failed"));

        string output = (string)batch["output_file_id"]!;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/files/{output}/content");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage content = await _gateway.Client.SendAsync(request, Cancelled);
        (await content.TextAsync()).ShouldContain("\"custom_id\":\"1\"");
        await SendAsync(HttpMethod.Get, $"/v1/files/{output}", HttpStatusCode.NotFound);
        JsonObject list = await SendAsync(HttpMethod.Get, "/v1/batches?limit=1", key: key);
        ((string?)list["data"]![0]!["id"]).ShouldBe(id);
        ((string?)list["last_id"]).ShouldBe(id);
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        string[] ids =
        [
            (string)(await UploadAsync())["id"]!,
            (string)(await UploadAsync())["id"]!,
            (string)(await UploadAsync())["id"]!,
        ];

        JsonObject first = await SendAsync(HttpMethod.Get, "/v1/files?limit=2&order=asc");
        string last = (string)first["last_id"]!;
        JsonObject second = await SendAsync(HttpMethod.Get, $"/v1/files?limit=2&order=asc&after={last}");

        ((bool)first["has_more"]!).ShouldBeTrue();
        ((bool)second["has_more"]!).ShouldBeFalse();
        first["data"]!
            .AsArray()
            .Concat(second["data"]!.AsArray())
            .Select(file => (string)file!["id"]!)
            .ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task A_key_with_a_budget_starts_no_batch_because_its_cost_is_known_too_late()
    {
        string key = await _gateway.NewKeyAsync("""{"name":"k","limits":{"cost":{"day":1}}}""");
        string file = (string)(await UploadAsync(key))["id"]!;

        JsonObject refused = await SendAsync(
            HttpMethod.Post,
            "/v1/batches",
            HttpStatusCode.Forbidden,
            BatchOf(file),
            key
        );

        ((string?)refused["error"]!["code"]).ShouldBe("batch_not_permitted");
    }

    [Theory]
    [InlineData("""{"endpoint":"/v1/chat/completions","completion_window":"24h"}""", "input_file_id")]
    [InlineData("""{"input_file_id":"file_1","completion_window":"24h"}""", "endpoint")]
    [InlineData("""{"input_file_id":"file_1","endpoint":"/v1/chat/completions"}""", "completion_window")]
    [InlineData("""{"input_file_id":7,"endpoint":"e","completion_window":"24h"}""", "input_file_id")]
    [InlineData("""{"input_file_id":"a/../b","endpoint":"e","completion_window":"24h"}""", "input_file_id")]
    [InlineData("""{"input_file_id":"x","endpoint":"e","completion_window":"24h","metadata":1}""", "metadata")]
    public async Task A_wrong_batch_names_its_field(string body, string param)
    {
        using HttpResponseMessage answer = await _gateway.PostJsonAsync("/v1/batches", body);

        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
        ((int)answer.StatusCode).ShouldBeInRange(400, 404);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("order=up", "order")]
    [InlineData("after=a%2Fb", "after")]
    public async Task A_wrong_page_names_its_field(string query, string param)
    {
        using HttpResponseMessage answer = await _gateway.Client.GetAsync("/v1/files?" + query, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
    }

    [Fact]
    public async Task A_wrong_form_names_its_field()
    {
        foreach (
            (MultipartFormDataContent form, string? param) in ((MultipartFormDataContent, string?)[])
                [
                    (new() { { new StringContent("batch"), "purpose" } }, "file"),
                    (new() { { Bytes(Lines), "file", "a.jsonl" } }, "purpose"),
                    (new() { { new StringContent("batch"), "purpose" }, { Bytes(""), "file", "a.jsonl" } }, "file"),
                    (
                        new()
                        {
                            { new StringContent("batch"), "purpose" },
                            { new StringContent("batch"), "purpose" },
                            { Bytes(Lines), "file", "a.jsonl" },
                        },
                        "purpose"
                    ),
                    (
                        new()
                        {
                            { new StringContent("batch"), "purpose" },
                            { Bytes(Lines), "file", "a.jsonl" },
                            { Bytes(Lines), "file", "b.jsonl" },
                        },
                        "file"
                    ),
                    (
                        new() { { new StringContent("batch"), "purpose" }, { Bytes(Lines), "other", "a.jsonl" } },
                        "other"
                    ),
                ]
        )
        {
            using HttpResponseMessage answer = await _gateway.Client.PostAsync("/v1/files", form, Cancelled);

            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
            form.Dispose();
        }
        (await SendAsync(HttpMethod.Get, "/v1/files"))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("application/json", "{}", "content-type")]
    [InlineData("multipart/form-data", "x", "content-type")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nnonsense", "body")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Type: x\r\n\r\nv\r\n--b--\r\n", "body")]
    [InlineData(
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbat",
        "purpose"
    )]
    public async Task What_is_no_form_is_refused(string type, string body, string param)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using HttpResponseMessage answer = await _gateway.Client.PostAsync("/v1/files", content, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await answer.TextAsync());
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
    }

    [Fact]
    public async Task A_long_file_passes_with_its_fields_behind_it()
    {
        string lines = string.Concat(Enumerable.Repeat(Lines, 40_000));
        using var form = new MultipartFormDataContent
        {
            { Bytes(lines), "file", "long.jsonl" },
            { new StringContent("batch"), "purpose" },
        };

        using HttpResponseMessage answer = await _gateway.Client.PostAsync("/v1/files", form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        ((int)(await answer.JsonAsync())["bytes"]!).ShouldBe(lines.Length);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_however_long_it_says_it_is()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json("""{"id":"file_1"}"""),
            "--GroqKit:Limits:FileMegabytes=1",
            "--GroqKit:Limits:HeldUploadBytes=2000"
        );
        using var declared = new MultipartFormDataContent
        {
            { new StringContent("batch"), "purpose" },
            { Bytes(new string('x', 1_100_000)), "file", "a.jsonl" },
        };

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/files", declared, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        gateway.Provider.Requests.ShouldBeEmpty();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/files") { Content = declared };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage chunked = await gateway.Client.SendAsync(request, Cancelled);
        chunked.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await SendAsync(HttpMethod.Get, "/v1/files"))["data"]!.AsArray().ShouldBeEmpty();
    }

    private static ByteArrayContent Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string BatchOf(string file) =>
        $$"""{"input_file_id":"{{file}}","endpoint":"/v1/chat/completions","completion_window":"24h"}""";

    private async Task<JsonObject> UploadAsync(string? key = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("batch"), "purpose" },
            { Bytes(Lines), "file", "lines.jsonl" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/files") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? RunningGateway.Key);
        using HttpResponseMessage answer = await _gateway.Client.SendAsync(request, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        return await answer.JsonAsync();
    }

    private async Task<JsonObject> SendAsync(
        HttpMethod method,
        string path,
        HttpStatusCode expected = HttpStatusCode.OK,
        string? body = null,
        string? key = null
    )
    {
        AdminAnswer answer = await _gateway.AdminAsync(method, path, body, key);
        answer.Status.ShouldBe(expected, answer.Body.ToJsonString());
        return answer.Body;
    }
}

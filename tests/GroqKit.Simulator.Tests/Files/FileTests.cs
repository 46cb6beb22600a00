using System.Text.Json;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Files;

[Requirement("SM-01")]
public sealed class FileTests(Sim sim) : IClassFixture<Sim>
{
    [Fact]
    public async Task A_file_is_kept_listed_downloaded_and_deleted()
    {
        byte[] content = "{\"a\":1}\n"u8.ToArray();
        Reply uploaded = await UploadAsync(sim, "in.jsonl", content);
        string id = uploaded.Json.GetProperty("id").GetString()!;
        string path = $"/openai/v1/files/{id}";

        Reply list = await sim.SendAsync("GET", "/openai/v1/files");
        Reply one = await sim.SendAsync("GET", path);
        Reply bytes = await sim.SendAsync("GET", $"{path}/content");
        Reply foreign = await sim.SendAsync("GET", path, null, ("Authorization", "Bearer another"));
        Reply deleted = await sim.SendAsync("DELETE", path);
        Reply gone = await sim.SendAsync("GET", path);

        GroqContract.ValidateResponse("POST", "/openai/v1/files", 200, uploaded.Text).ShouldBeEmpty();
        GroqContract.ValidateResponse("GET", "/openai/v1/files", 200, list.Text).ShouldBeEmpty();
        GroqContract.ValidateResponse("DELETE", path, 200, deleted.Text).ShouldBeEmpty();
        id.ShouldStartWith("file_");
        list.Json.GetProperty("data")
            .EnumerateArray()
            .Select(file => file.GetProperty("id").GetString())
            .ShouldContain(id);
        one.Json.GetProperty("filename").GetString().ShouldBe("in.jsonl");
        one.Json.GetProperty("bytes").GetInt32().ShouldBe(8);
        bytes.Bytes.ShouldBe(content);
        bytes.ContentType.ShouldBe("application/octet-stream");
        foreign.Status.ShouldBe(404);
        deleted.Json.GetProperty("deleted").GetBoolean().ShouldBeTrue();
        gone.Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("a.txt", "batch", "file")]
    [InlineData("a.jsonl", "assistants", "purpose")]
    [InlineData(null, "batch", "file")]
    [InlineData("a.jsonl", null, "purpose")]
    public async Task A_mistake_names_the_field(string? name, string? purpose, string param)
    {
        Reply reply = await UploadAsync(sim, name, [1], purpose);

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
    }

    [Fact]
    public async Task A_fine_tuning_makes_a_model_that_can_be_deleted()
    {
        Reply file = await UploadAsync(sim, "adapter.zip", [1, 2], "fine_tuning");
        string input = file.Json.GetProperty("id").GetString()!;
        Reply made = await sim.SendAsync(
            "POST",
            "/v1/fine_tunings",
            $$"""{"input_file_id":"{{input}}","name":"mine","type":"lora","base_model":"llama-3.1-8b-instant"}"""
        );
        JsonElement data = made.Json.GetProperty("data");
        string model = data.GetProperty("fine_tuned_model").GetString()!;
        string path = $"/v1/fine_tunings/{made.Json.GetProperty("id").GetString()}";

        model.ShouldStartWith("ft:llama-3.1-8b-instant:simulator/mine-");
        (await sim.SendAsync("GET", path)).Json.GetProperty("data").GetRawText().ShouldBe(data.GetRawText());
        (await sim.SendAsync("GET", "/v1/fine_tunings")).Json.GetProperty("data").GetArrayLength().ShouldBe(1);
        Reply deleted = await sim.SendAsync("DELETE", $"/openai/v1/models/{Uri.EscapeDataString(model)}");
        GroqContract.ValidateResponse("DELETE", "/openai/v1/models/x", deleted.Status, deleted.Text).ShouldBeEmpty();
        (await sim.SendAsync("GET", path)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_public_model_is_not_the_callers_to_delete()
    {
        (await sim.SendAsync("DELETE", $"/openai/v1/models/{Sim.Quick}")).Status.ShouldBe(403);
        (await sim.SendAsync("DELETE", "/openai/v1/models/nothing")).Status.ShouldBe(404);
    }

    internal static async Task<Reply> UploadAsync(Sim sim, string? name, byte[] bytes, string? purpose = "batch")
    {
        using var form = new MultipartFormDataContent();
        if (purpose is not null)
            form.Add(new StringContent(purpose), "purpose");
        if (name is not null)
            form.Add(new ByteArrayContent(bytes), "file", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/files") { Content = form };
        return await sim.SendAsync(request);
    }
}

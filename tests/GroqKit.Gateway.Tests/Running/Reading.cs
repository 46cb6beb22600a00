using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>Short ways to read an answer.</summary>
internal static class Reading
{
    public static Task<string> TextAsync(this HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.TextAsync())!.AsObject();

    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;

    /// <summary>The error object, after checking that the answer has OpenAI's shape and an id.</summary>
    public static async Task<JsonObject> ErrorAsync(this HttpResponseMessage answer)
    {
        string text = await answer.TextAsync();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json", text);
        answer.Header("x-request-id").ShouldNotBeNull().ShouldStartWith("req_");
        JsonObject error = JsonNode.Parse(text)!["error"]!.AsObject();
        error["message"]!.GetValueKind().ShouldBe(JsonValueKind.String);
        error["type"]!.GetValueKind().ShouldBe(JsonValueKind.String);
        return error;
    }

    /// <summary>What arrived of a body that broke off, and the failure that reading ended with.</summary>
    public static async Task<(string Text, Exception? Failure)> UntilBrokenAsync(this HttpResponseMessage answer)
    {
        var text = new MemoryStream();
        try
        {
            await using Stream body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await body.CopyToAsync(text, TestContext.Current.CancellationToken);
            return (System.Text.Encoding.UTF8.GetString(text.ToArray()), null);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return (System.Text.Encoding.UTF8.GetString(text.ToArray()), broken);
        }
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>Calls of the admin API in one line each.</summary>
internal static class AdminClient
{
    public static Task<AdminAnswer> GetAsync(this RunningGateway gateway, string path, string? key = null) =>
        gateway.AdminAsync(HttpMethod.Get, path, body: null, key);

    public static Task<AdminAnswer> PostAsync(
        this RunningGateway gateway,
        string path,
        string body,
        string? key = null
    ) => gateway.AdminAsync(HttpMethod.Post, path, body, key);

    public static Task<AdminAnswer> PutAsync(
        this RunningGateway gateway,
        string path,
        string body,
        string? key = null,
        string? ifMatch = null
    ) => gateway.AdminAsync(HttpMethod.Put, path, body, key, ifMatch);

    public static Task<AdminAnswer> DeleteAsync(this RunningGateway gateway, string path, string? key = null) =>
        gateway.AdminAsync(HttpMethod.Delete, path, body: null, key);

    /// <param name="gateway">Who is asked.</param>
    /// <param name="method">How.</param>
    /// <param name="path">What.</param>
    /// <param name="body">JSON, or null for no body.</param>
    /// <param name="key">Whose key; the admin's where null.</param>
    /// <param name="ifMatch">The version that must not have changed.</param>
    public static async Task<AdminAnswer> AdminAsync(
        this RunningGateway gateway,
        HttpMethod method,
        string path,
        string? body,
        string? key = null,
        string? ifMatch = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using HttpResponseMessage answer = await gateway.Client.SendAsync(
            request,
            TestContext.Current.CancellationToken
        );
        string text = await answer.TextAsync();
        answer.Header("x-request-id").ShouldNotBeNull(text);
        return new AdminAnswer(
            answer.StatusCode,
            answer.Headers.ETag?.Tag,
            text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject()
        );
    }

    /// <summary>Makes a key and returns its text.</summary>
    public static async Task<string> NewKeyAsync(this RunningGateway gateway, string body, string tenant = "default")
    {
        AdminAnswer made = await gateway.PostAsync($"/api/keys?tenant={tenant}", body);
        made.Status.ShouldBe(System.Net.HttpStatusCode.Created, made.Body.ToString());
        return made.Text("key");
    }

    /// <summary>Asks until the answer is as the test waits for it, for what is done in the background.</summary>
    public static async Task<JsonObject> UntilAsync(
        this RunningGateway gateway,
        string path,
        Func<JsonObject, bool> isThere
    )
    {
        using var safety = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            AdminAnswer answer = await gateway.GetAsync(path);
            if (isThere(answer.Body))
                return answer.Body;
            safety.IsCancellationRequested.ShouldBeFalse(answer.Body.ToString());
            await Task.Yield();
        }
    }
}

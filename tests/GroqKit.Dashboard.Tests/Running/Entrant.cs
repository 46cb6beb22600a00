namespace GroqKit.Dashboard.Tests.Running;

/// <summary>Somebody who has signed in, without a browser: what is sent is what a test says.</summary>
/// <param name="Stand">Where.</param>
/// <param name="Cookie">The session.</param>
/// <param name="Token">What forms carry.</param>
internal sealed record Entrant(DashboardStand Stand, string Cookie, string Token)
{
    /// <summary>What the browser says about where a request comes from.</summary>
    public string From { get; init; } = "same-origin";

    public static async Task<Entrant> EnterAsync(DashboardStand stand, string key)
    {
        using HttpResponseMessage answer = await SignInAsync(stand, key);
        var entrant = new Entrant(stand, answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0], "");
        string html = await entrant.ReadAsync("/start");
        const string Mark = "data-token=\"";
        int at = html.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return entrant with { Token = html[at..html.IndexOf('"', at)] };
    }

    public static async Task<HttpResponseMessage> SignInAsync(
        DashboardStand stand,
        string key,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = Form(("key", key)) };
        if (!headers.Any(header => header.Name == "Sec-Fetch-Site"))
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        return await stand.Http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", Cookie);
        return await Stand.Http.SendAsync(request);
    }

    /// <summary>The page as it is sent, whatever its status.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using HttpResponseMessage answer = await GetAsync(path);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = Form([("token", Token), .. fields]),
        };
        request.Headers.Add("Cookie", Cookie);
        request.Headers.Add("Sec-Fetch-Site", From);
        return await Stand.Http.SendAsync(request);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
}

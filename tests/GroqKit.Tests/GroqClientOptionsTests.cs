using System.Text.Json;
using GroqKit.Authentication;

namespace GroqKit.Tests;

public sealed class GroqClientOptionsTests
{
    private static readonly Func<string, string?> NoEnvironment = _ => null;

    [Fact]
    [Requirement("CL-03")]
    public void A_missing_key_is_a_clear_error_before_any_call() =>
        new GroqClientOptions()
            .Validate(NoEnvironment)
            .ShouldBe(["ApiKey is missing: set it, or the environment variable GROQ_API_KEY."]);

    [Fact]
    [Requirement("CL-02")]
    public void Every_error_is_listed_with_its_option()
    {
        var options = new GroqClientOptions
        {
            ApiKey = "gsk with space",
            BaseUrl = "http://example.com",
            Timeout = TimeSpan.Zero,
            TotalTimeout = TimeSpan.FromDays(2),
            StreamIdleTimeout = TimeSpan.FromSeconds(-1),
            ConnectTimeout = TimeSpan.Zero,
            PooledConnectionLifetime = TimeSpan.Zero,
            PooledConnectionIdleTimeout = TimeSpan.Zero,
            MaxConnectionsPerServer = 0,
            Retry = new RetryOptions
            {
                MaxRetries = 11,
                BaseDelay = TimeSpan.FromSeconds(61),
                Jitter = double.NaN,
                MaxRetryAfterJitter = TimeSpan.FromTicks(-1),
            },
            UserAgent = "a\r\nb",
            Headers =
            {
                ["x-a"] = "1\n2",
                ["Authorization"] = "x",
                ["bad name"] = "y",
            },
            TimeProvider = null!,
            Randomness = null!,
        };

        var error = Should.Throw<GroqConfigurationException>(() => new GroqClient(options, NoEnvironment));

        error
            .Errors.Select(message => message.Split(' ')[0])
            .ShouldBe(
                [
                    "ApiKey",
                    "BaseUrl",
                    "Timeout",
                    "TotalTimeout",
                    "StreamIdleTimeout",
                    "ConnectTimeout",
                    "PooledConnectionLifetime",
                    "PooledConnectionIdleTimeout",
                    "MaxConnectionsPerServer",
                    "Retry.BaseDelay",
                    "Retry.MaxRetries",
                    "Retry.Jitter",
                    "Retry.MaxRetryAfterJitter",
                    "UserAgent",
                    "Headers[x-a]",
                    "Headers[Authorization]",
                    "Headers[bad",
                    "TimeProvider",
                    "Randomness",
                ],
                ignoreOrder: true
            );
        error.Message.ShouldNotContain("gsk with space");
    }

    [Theory]
    [Requirement("CL-04")]
    [InlineData("https://api.groq.com", "https://api.groq.com/")]
    [InlineData("https://api.groq.com/", "https://api.groq.com/")]
    [InlineData("https://api.groq.com/openai/v1", "https://api.groq.com/")]
    [InlineData("https://api.groq.com/openai/v1/", "https://api.groq.com/")]
    [InlineData("https://example.com/proxy/v1", "https://example.com/proxy/")]
    [InlineData("http://127.0.0.1:9100/v1", "http://127.0.0.1:9100/")]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    [InlineData("http://[::1]:8080/openai/v1/", "http://[::1]:8080/")]
    public void An_address_is_taken_with_or_without_its_version(string given, string root)
    {
        using var client = new GroqClient(new GroqClientOptions { ApiKey = "k", BaseUrl = given }, NoEnvironment);

        client.BaseAddress.ToString().ShouldBe(root);
    }

    [Theory]
    [Requirement("CL-04")]
    [InlineData("http://api.groq.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("ftp://api.groq.com")]
    [InlineData("api.groq.com")]
    [InlineData("https://user:secret@api.groq.com")]
    [InlineData("https://api.groq.com?x=1")]
    [InlineData("https://api.groq.com#x")]
    [InlineData("https://")]
    public void An_unsafe_address_is_refused(string given) =>
        new GroqClientOptions { ApiKey = "k", BaseUrl = given }
            .Validate(NoEnvironment)
            .ShouldHaveSingleItem()
            .ShouldStartWith("BaseUrl ");

    [Theory]
    [Requirement("CL-03")]
    [InlineData(null, null, null, "https://api.groq.com/")]
    [InlineData(null, "https://b.example/v1", "h.example", "https://b.example/")]
    [InlineData(null, " ", "h.example", "https://h.example/")]
    [InlineData(null, null, "127.0.0.1:9100", "http://127.0.0.1:9100/")]
    [InlineData("https://o.example", "https://b.example", "h.example", "https://o.example/")]
    public void An_option_beats_the_environment(string? option, string? baseUrl, string? host, string expected)
    {
        string? Environment(string name) =>
            name switch
            {
                "GROQ_API_KEY" => "gsk_env",
                "GROQ_BASE_URL" => baseUrl,
                "GROQ_HOST" => host,
                _ => null,
            };

        using var client = new GroqClient(new GroqClientOptions { BaseUrl = option }, Environment);

        client.BaseAddress.ToString().ShouldBe(expected);
    }

    [Theory]
    [Requirement("CL-23")]
    [InlineData("")]
    [InlineData("gsk_a b")]
    [InlineData("gsk_a\r\nX-Evil: 1")]
    [InlineData("gsk_a\n")]
    [InlineData("gsk_a\u0000")]
    [InlineData("gsk_a\u007f")]
    [InlineData("gsk_ä")]
    public void A_key_that_could_break_out_of_its_header_is_refused(string key) =>
        new GroqClientOptions { ApiKey = key }
            .Validate(NoEnvironment)
            .ShouldHaveSingleItem()
            .ShouldStartWith("ApiKey ");

    [Fact]
    [Requirement("CL-23")]
    public void A_key_shows_itself_nowhere()
    {
        var options = new GroqClientOptions { ApiKey = Clients.Key };
        using var client = new GroqClient(options, NoEnvironment);

        string[] views =
        [
            JsonSerializer.Serialize(options),
            options.ApiKey.ToString(),
            client.ToString(),
            string.Join(" ", new object[] { options, new ApiKeyAuthentication(options.ApiKey) }),
            JsonSerializer.Serialize(options.ApiKey),
        ];

        foreach (string view in views)
            view.ShouldNotContain(Clients.Key);
    }

    [Fact]
    [Requirement("CL-02")]
    public void A_key_is_read_from_text_by_configuration_binders()
    {
        System
            .ComponentModel.TypeDescriptor.GetConverter(typeof(ApiKey))
            .ConvertFrom("gsk_bound")
            .ShouldBeOfType<ApiKey>()
            .Reveal()
            .ShouldBe("gsk_bound");
        JsonSerializer.Deserialize<ApiKey>("\"gsk_json\"")!.Reveal().ShouldBe("gsk_json");
    }

    [Fact]
    [Requirement("CL-02")]
    public async Task A_builder_sets_the_same_options()
    {
        var handler = new ScriptedHandler().Next(500, "").Next(200, """{"object":"list","data":[]}""");
        using GroqClient client = GroqClient
            .CreateBuilder()
            .WithApiKey("gsk_x")
            .WithBaseUrl("https://example.com/v1")
            .WithTimeout(TimeSpan.FromSeconds(5))
            .WithTotalTimeout(TimeSpan.FromSeconds(9))
            .WithHeader("x-team", "blue")
            .WithRetry(new RetryOptions { BaseDelay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero })
            .WithMaxRetries(1)
            .WithTransport(handler)
            .With(options => options.UserAgent = "app/1.0")
            .Build();

        (
            await client.Models.ListAsync(cancellationToken: TestContext.Current.CancellationToken)
        ).Metadata.Attempts.ShouldBe(2);
        client.BaseAddress.ToString().ShouldBe("https://example.com/");
    }
}

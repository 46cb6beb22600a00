using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Realtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace GroqKit.Gateway.Tests.Infrastructure;

[Requirement("GW-13")]
public sealed class GatewaySettingsTests
{
    [Theory]
    [InlineData("https://app.example/")]
    [InlineData("*")]
    [InlineData("app.example")]
    public void What_is_no_origin_is_refused_at_start_by_its_path(string wrong)
    {
        var error = Should.Throw<SettingsException>(() =>
            Read("Development", ("GroqKit:Realtime:AllowedOrigins", $"https://fine.example, {wrong}"))
        );

        string only = error.Errors.ShouldHaveSingleItem();
        only.ShouldStartWith("GroqKit:Realtime:AllowedOrigins");
        only.ShouldContain($"'{wrong}'");
    }

    [Theory]
    [InlineData("PingInterval", "0s")]
    [InlineData("PingTimeout", "1h")]
    [InlineData("MinInterruption", "6s")]
    [InlineData("MinInterruption", "soon")]
    public void Times_of_realtime_sessions_are_checked_at_start(string name, string wrong)
    {
        var error = Should.Throw<SettingsException>(() => Read("Development", ($"GroqKit:Realtime:{name}", wrong)));

        error.Errors.ShouldHaveSingleItem().ShouldStartWith($"GroqKit:Realtime:{name}");
    }

    [Fact]
    public void Realtime_sessions_are_asked_every_five_seconds_and_interrupted_at_once()
    {
        RealtimeTimes times = Read("Development").RealtimeTimes;

        times.ShouldBe(new RealtimeTimes(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.Zero));
    }

    [Fact]
    public void Development_without_a_key_asks_for_the_simulator()
    {
        Read("Development").Provider.ShouldBeNull();
    }

    [Theory]
    [InlineData("GROQ_BASE_URL", "https://api.groq.com", "https://api.groq.com/openai/v1/")]
    [InlineData("GROQ_BASE_URL", "https://api.groq.com/", "https://api.groq.com/openai/v1/")]
    [InlineData("GROQ_BASE_URL", "https://api.groq.com/openai/v1", "https://api.groq.com/openai/v1/")]
    [InlineData("GROQ_BASE_URL", "https://api.groq.com/openai/v1/", "https://api.groq.com/openai/v1/")]
    [InlineData("GROQ_BASE_URL", "https://api.groq.com/v1", "https://api.groq.com/openai/v1/")]
    [InlineData("GROQ_BASE_URL", "https://proxy.example/groq/openai/v1", "https://proxy.example/groq/openai/v1/")]
    [InlineData("GROQ_HOST", "http://127.0.0.1:9100", "http://127.0.0.1:9100/openai/v1/")]
    [InlineData("GROQ_HOST", "http://[::1]:9100", "http://[::1]:9100/openai/v1/")]
    public void An_address_is_taken_with_or_without_its_path(string name, string address, string expected)
    {
        GatewaySettings settings = Read("Production", ("GROQ_API_KEY", "gsk_x"), (name, address));

        settings.Provider!.BaseAddress.ToString().ShouldBe(expected);
        settings.Provider.Authorization.ShouldBe("Bearer gsk_x");
        settings.Provider.Simulated.ShouldBeFalse();
    }

    [Theory]
    [InlineData("GROQ_BASE_URL", "api.groq.com")]
    [InlineData("GROQ_BASE_URL", "ftp://api.groq.com")]
    [InlineData("GROQ_BASE_URL", "http://api.groq.com")]
    [InlineData("GROQ_BASE_URL", "https://user:pass@api.groq.com")]
    [InlineData("GROQ_BASE_URL", "https://api.groq.com/?a=b")]
    [InlineData("GROQ_API_KEY", "gsk_x\r\nX-Injected: 1")]
    [InlineData("GROQ_API_KEY", "gsk x")]
    [InlineData("GROQKIT_ADMIN_KEY", "hunter2")]
    [InlineData("GROQKIT_ADMIN_KEY", "long-enough-but-with\na-break")]
    [InlineData("GroqKit:Deadlines:Headers", "soon")]
    [InlineData("GroqKit:Deadlines:Headers", "0s")]
    [InlineData("GroqKit:Deadlines:Idle", "-5s")]
    [InlineData("GroqKit:Deadlines:Connect", "2h")]
    [InlineData("GroqKit:Limits:JsonBytes", "4MB")]
    [InlineData("GroqKit:Limits:Connections", "0")]
    [InlineData("GroqKit:Deadlines:Hedaers", "5s")]
    [InlineData("GroqKit:Speed", "fast")]
    [InlineData("GROQKIT_DATABASE", "groqkit.db")]
    [InlineData("GROQKIT_MASTER_KEY", "bm90IDMyIGJ5dGVz")]
    [InlineData("GROQKIT_REDIS", "http://cache")]
    [InlineData("OPENAI_API_KEY", "sk with spaces")]
    [InlineData("GROQKIT_DATABASE", "Data Source=:memory:")]
    public void A_wrong_setting_is_named(string path, string value)
    {
        var error = Should.Throw<SettingsException>(() =>
            path == "GROQ_API_KEY"
                ? Read("Production", (path, value))
                : Read("Production", ("GROQ_API_KEY", "gsk_x"), (path, value))
        );

        error.Errors.ShouldHaveSingleItem().ShouldStartWith(path);
        if (path.EndsWith("KEY", StringComparison.Ordinal))
            error.Message.ShouldNotContain(value);
    }

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var error = Should.Throw<SettingsException>(() =>
            Read(
                "Production",
                ("GROQKIT_ADMIN_KEY", "x"),
                ("GroqKit:Deadlines:Idle", "x"),
                ("GroqKit:Limits:JsonBytes", "x")
            )
        );

        error.Errors.Count.ShouldBe(4);
        error.Errors.ShouldContain(line => line.StartsWith("GROQ_API_KEY"));
    }

    [Fact]
    public void An_address_without_a_key_is_not_silently_replaced_by_the_simulator()
    {
        Should
            .Throw<SettingsException>(() => Read("Development", ("GROQ_BASE_URL", "http://127.0.0.1:9100")))
            .Errors.ShouldHaveSingleItem()
            .ShouldStartWith("GROQ_API_KEY");
    }

    [Fact]
    public void The_defaults_are_the_documented_ones()
    {
        GatewaySettings settings = Read("Staging", ("GROQ_API_KEY", "gsk_x"));

        settings.Provider!.BaseAddress.ToString().ShouldBe("https://api.groq.com/openai/v1/");
        settings.Deadlines.Connect.ShouldBe(TimeSpan.FromSeconds(10));
        settings.Deadlines.Headers.ShouldBe(TimeSpan.FromSeconds(120));
        settings.Deadlines.Idle.ShouldBe(TimeSpan.FromSeconds(60));
        settings.BodyLimits.Json.ShouldBe(4_000_000);
        settings.BodyLimits.JsonWithImages.ShouldBe(33_000_000);
        settings.Grace.ShouldBe(TimeSpan.FromSeconds(30));
        settings.KeyEnvironment.ShouldBe("staging");
        settings.AdminKey.ShouldBeNull();
        settings.Database.ShouldBe(DatabaseAddress.File("/srv/gateway/data/groqkit.db"));
    }

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("1.5s", 1500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("00:00:30", 30_000)]
    public void A_time_is_written_as_people_write_it(string text, int milliseconds)
    {
        Read("Development", ("GroqKit:Deadlines:Idle", text))
            .Deadlines.Idle.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    private static GatewaySettings Read(string environment, params (string Path, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value))
            )
            .Build();
        return GatewaySettings.Read(configuration, new FixedEnvironment(environment));
    }

    private sealed class FixedEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "/srv/gateway";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

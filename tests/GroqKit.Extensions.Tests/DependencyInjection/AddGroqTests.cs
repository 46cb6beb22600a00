using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GroqKit.Extensions.Tests.DependencyInjection;

[Requirement("CL-28", "CL-02")]
public sealed class AddGroqTests
{
    private readonly ScriptedHandler _handler = new ScriptedHandler().Otherwise(_ => ScriptedAnswer.Chat("hello"));

    [Fact]
    public async Task One_line_gives_a_client_and_a_chat_over_it()
    {
        ServiceProvider services = Build(all => all.AddGroq(Configure).WithModel("m/default"));

        ChatResponse answer = await services.GetRequiredService<IChatClient>().GetResponseAsync("hi");

        answer.Text.ShouldBe("hello");
        _handler.Requests.Single().Chat.Model.ShouldBe("m/default");
        services.GetRequiredService<GroqClient>().ShouldBeSameAs(services.GetRequiredService<GroqClient>());
        services
            .GetRequiredService<IChatClient>()
            .GetService<GroqClient>()
            .ShouldBeSameAs(services.GetRequiredService<GroqClient>());
    }

    [Fact]
    public void Each_name_has_one_client_of_its_own()
    {
        ServiceProvider services = Build(all =>
        {
            all.AddGroq(Configure);
            all.AddGroq("fast", Configure).WithModel("openai/gpt-oss-20b");
            all.AddGroq("fast").Configure(options => options.BaseUrl = "https://fast.example");
        });

        GroqClient fast = services.GetRequiredKeyedService<GroqClient>("fast");

        fast.BaseAddress.ToString().ShouldBe("https://fast.example/");
        fast.ShouldBeSameAs(services.GetRequiredKeyedService<GroqClient>("fast"));
        fast.ShouldNotBeSameAs(services.GetRequiredService<GroqClient>());
        IChatClient chat = services.GetRequiredKeyedService<IChatClient>("fast");
        chat.GetService<GroqClient>().ShouldBeSameAs(fast);
        chat.GetService<ChatClientMetadata>()!.DefaultModelId.ShouldBe("openai/gpt-oss-20b");
        services.GetRequiredService<GroqClient>().BaseAddress.ToString().ShouldBe("https://api.groq.com/");
    }

    [Fact]
    public void What_was_registered_before_stays()
    {
        using GroqClient mine = _handler.CreateClient();
        ServiceProvider services = Build(all => all.AddSingleton(mine).AddGroq(Configure));

        services.GetRequiredService<GroqClient>().ShouldBeSameAs(mine);
    }

    [Fact]
    public void Options_come_from_a_section()
    {
        ServiceProvider services = Build(all =>
            all.AddGroq(
                Section(
                    ("ApiKey", "gsk_section"),
                    ("BaseUrl", "https://section.example/v1"),
                    ("Timeout", "00:00:05"),
                    ("retry:maxretries", "4"),
                    ("Retry:Jitter", "0.5"),
                    ("Headers:x-team", "blue"),
                    ("Model", "m/section")
                )
            )
        );

        GroqClientOptions options = services.GetRequiredService<IOptions<GroqClientOptions>>().Value;

        options.ApiKey!.Reveal().ShouldBe("gsk_section");
        options.Timeout.ShouldBe(TimeSpan.FromSeconds(5));
        options.Retry.MaxRetries.ShouldBe(4);
        options.Retry.Jitter.ShouldBe(0.5);
        options.Headers["X-Team"].ShouldBe("blue");
        services.GetRequiredService<GroqClient>().BaseAddress.ToString().ShouldBe("https://section.example/");
        services
            .GetRequiredService<IChatClient>()
            .GetService<ChatClientMetadata>()!
            .DefaultModelId.ShouldBe("m/section");
    }

    [Fact]
    public void Every_error_is_listed_at_start_and_no_value_is_repeated()
    {
        ServiceProvider services = Build(all =>
            all.AddGroq(
                Section(
                    ("ApiKey", "gsk with space"),
                    ("BaseUrl", "http://example.com"),
                    ("Timeout", "soon-gsk_secret"),
                    ("MaxConnectionsPerServer", "0"),
                    ("Retry:MaxRetries", "many"),
                    ("Retry:Jiter", "1"),
                    ("Timout", "1")
                )
            )
        );

        OptionsValidationException error = Should.Throw<OptionsValidationException>(() =>
            services.GetRequiredService<IStartupValidator>().Validate()
        );

        error
            .Failures.Select(failure => failure.Split(' ')[0])
            .ShouldBe(
                [
                    "ApiKey",
                    "BaseUrl",
                    "Timeout",
                    "MaxConnectionsPerServer",
                    "Retry.MaxRetries",
                    "Retry.Jiter",
                    "Timout",
                ],
                ignoreOrder: true
            );
        error.Message.ShouldNotContain("gsk");
    }

    [Fact]
    public void A_wrong_name_does_not_spoil_the_others()
    {
        ServiceProvider services = Build(all =>
        {
            all.AddGroq(Configure);
            all.AddGroq("bad", options => options.BaseUrl = "ftp://x").Configure(Configure);
        });

        services.GetRequiredService<GroqClient>().ShouldNotBeNull();
        Should.Throw<OptionsValidationException>(() => services.GetRequiredKeyedService<GroqClient>("bad"));
    }

    [Fact]
    public void The_containers_clock_is_the_clients()
    {
        var time = new ManualTimeProvider();
        ServiceProvider services = Build(all => all.AddSingleton<TimeProvider>(time).AddGroq(Configure));

        services.GetRequiredService<IOptions<GroqClientOptions>>().Value.TimeProvider.ShouldBeSameAs(time);
    }

    [Fact]
    public void Options_may_depend_on_other_services()
    {
        ServiceProvider services = Build(all =>
            all.AddSingleton<HttpMessageHandler>(_handler)
                .AddGroq()
                .Configure(
                    (provider, options) =>
                    {
                        options.ApiKey = "k";
                        options.Transport = provider.GetRequiredService<HttpMessageHandler>();
                    }
                )
        );

        services.GetRequiredService<IOptions<GroqClientOptions>>().Value.Transport.ShouldBeSameAs(_handler);
    }

    [Fact]
    public void Whatever_can_be_written_as_text_can_be_configured()
    {
        (string Path, Type Type)[] writable = [.. Writable(typeof(GroqClientOptions), "")];
        ServiceProvider services = Build(all =>
            all.AddGroq(Section([.. writable.Select(option => (option.Path, Sample(option.Type)!))]))
        );

        GroqClientOptions options = services.GetRequiredService<IOptionsMonitor<GroqClientOptions>>().CurrentValue;

        writable.Length.ShouldBeGreaterThan(40);
        foreach (var (path, type) in writable)
        {
            object? value = options;
            foreach (string step in path.Split(':'))
                value = value!.GetType().GetProperty(step)!.GetValue(value);
            string text = value is ApiKey key ? key.Reveal() : Convert.ToString(value, CultureInfo.InvariantCulture)!;
            text.ShouldBe(Sample(type), path);
        }
    }

    [Fact]
    public void A_preset_comes_first_and_single_settings_change_it()
    {
        ServiceProvider services = Build(all =>
            all.AddGroq(
                Section(
                    ("ApiKey", "k"),
                    ("Retry:MaxRetries", "4"),
                    ("Resilience", "patient"),
                    ("Telemetry:KnownModels:0", "a/b"),
                    ("Telemetry:KnownModels:1", "c/d")
                )
            )
        );

        GroqClientOptions options = services.GetRequiredService<IOptions<GroqClientOptions>>().Value;

        options.CircuitBreaker.OpenDuration.ShouldBe(TimeSpan.FromSeconds(60));
        options.Retry.MaxDelay.ShouldBe(TimeSpan.FromSeconds(10));
        options.Retry.MaxRetries.ShouldBe(4);
        options.Telemetry.KnownModels.ShouldBe(["a/b", "c/d"]);
    }

    [Fact]
    public void Errors_of_nested_options_are_listed_with_their_paths()
    {
        ServiceProvider services = Build(all =>
            all.AddGroq(
                "team",
                Section(
                    ("ApiKey", "k"),
                    ("Resilience", "7"),
                    ("Retry:FullJitter", "perhaps"),
                    ("RetryBudget:Capacity", "0"),
                    ("CircuitBreaker:OpenDuration", "00:00:00"),
                    ("RateLimits:ThrottleBelow", "2"),
                    ("Hedging:MaxParalel", "3"),
                    ("Hedging:MaxParallel", "1"),
                    ("Telemetry:Convention", "1"),
                    ("Telemetry:LatencySamples", "0"),
                    ("Headers:bad name", "x")
                )
            )
        );

        OptionsValidationException error = Should.Throw<OptionsValidationException>(() =>
            services.GetRequiredService<IStartupValidator>().Validate()
        );

        error.OptionsName.ShouldBe("team");
        error
            .Failures.Select(failure => failure.Split(" must")[0].Split(" is")[0])
            .ShouldBe(
                [
                    "Resilience",
                    "Retry.FullJitter",
                    "RetryBudget.Capacity",
                    "CircuitBreaker.OpenDuration",
                    "RateLimits.ThrottleBelow",
                    "Hedging.MaxParalel",
                    "Hedging.MaxParallel",
                    "Telemetry.Convention",
                    "Telemetry.LatencySamples",
                    "Headers[bad name]",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public void A_handler_of_ones_own_is_made_once_and_disposed_of_by_the_container()
    {
        int made = 0;
        var handler = new WatchedHandler();
        ServiceProvider services = Build(all =>
            all.AddGroq(options => options.ApiKey = "k")
                .WithTransport(_ =>
                {
                    made++;
                    return handler;
                })
        );

        services.GetRequiredService<GroqClient>().ShouldNotBeNull();
        services.GetRequiredService<IOptions<GroqClientOptions>>().Value.Transport.ShouldBeSameAs(handler);
        made.ShouldBe(1);
        services.Dispose();

        handler.IsDisposed.ShouldBeTrue();
    }

    // Every option that has a text form, at any depth.
    private static IEnumerable<(string Path, Type Type)> Writable(Type type, string prefix)
    {
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite))
        {
            Type inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (Sample(inner) is not null)
                yield return (prefix + property.Name, inner);
            else if (inner.Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (var nested in Writable(inner, $"{prefix}{property.Name}:"))
                    yield return nested;
            }
        }
    }

    private static string? Sample(Type type) =>
        type == typeof(TimeSpan) ? "00:00:07"
        : type == typeof(int) ? "5"
        : type == typeof(double) ? "0.25"
        : type == typeof(bool) ? "True"
        : type.IsEnum ? Enum.GetNames(type)[^1]
        : type == typeof(string) || type == typeof(ApiKey) ? "https://seven.example"
        : null;

    private sealed class WatchedHandler : HttpClientHandler
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    private void Configure(GroqClientOptions options)
    {
        options.BaseUrl ??= "https://api.groq.com";
        options.Authentication = new AlwaysAuthenticated();
        options.Transport = _handler;
    }

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                values.Select(value => KeyValuePair.Create($"Groq:{value.Key}", (string?)value.Value))
            )
            .Build()
            .GetSection("Groq");
}

using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GroqKit.Extensions.Tests.DependencyInjection;

[Requirement("CL-06", "CL-28")]
public sealed class KeyReloadTests : IDisposable
{
    private readonly ScriptedHandler _handler = new ScriptedHandler().Otherwise(_ => ScriptedAnswer.Chat("ok"));
    private readonly KeptLogs _logs = new();
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Groq:ApiKey"] = "gsk_one",
                ["Groq:Model"] = "m",
                ["Other:ApiKey"] = "gsk_other",
            }
        )
        .Build();

    private readonly ServiceProvider _services;

    public KeyReloadTests()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_logs));
        services.AddGroq(_configuration.GetSection("Groq")).Configure(options => options.Transport = _handler);
        services
            .AddGroq("other", _configuration.GetSection("Other"))
            .WithModel("m")
            .Configure(options => options.Transport = _handler);
        _services = services.BuildServiceProvider();
    }

    [Fact]
    public async Task A_new_key_serves_from_the_next_attempt_on()
    {
        (await KeyAsync(null)).ShouldBe("Bearer gsk_one");
        Reload("Groq:ApiKey", "gsk_two");

        (await KeyAsync(null)).ShouldBe("Bearer gsk_two");
        (await KeyAsync("other")).ShouldBe("Bearer gsk_other");
    }

    [Theory]
    [InlineData("Groq:ApiKey", "not a key")]
    [InlineData("Groq:Timeout", "soon")]
    public async Task Anything_wrong_leaves_the_old_key_and_is_told(string option, string value)
    {
        await KeyAsync(null);
        Reload(option, value);

        (await KeyAsync(null)).ShouldBe("Bearer gsk_one");
        string line = _logs.Lines.ShouldHaveSingleItem();
        line.ShouldContain(option.Split(':')[1]);
        line.ShouldNotContain(value);
        line.ShouldNotContain("gsk_");
    }

    [Fact]
    public async Task A_key_that_the_program_sets_beats_the_configurations()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddGroq(_configuration.GetSection("Groq"))
            .Configure(options =>
            {
                options.ApiKey = "gsk_mine";
                options.Transport = _handler;
            })
            .Services.BuildServiceProvider();
        IChatClient chat = services.GetRequiredService<IChatClient>();

        Reload("Groq:ApiKey", "gsk_two");
        await chat.GetResponseAsync("hi");

        _handler.Requests[^1].Headers["Authorization"].ShouldBe("Bearer gsk_mine");
    }

    [Fact]
    public async Task After_the_container_is_gone_nothing_watches_any_more()
    {
        await KeyAsync(null);
        await _services.DisposeAsync();

        Should.NotThrow(() => Reload("Groq:ApiKey", "not a key"));

        _logs.Lines.ShouldBeEmpty();
    }

    public void Dispose() => _services.Dispose();

    private void Reload(string key, string value)
    {
        _configuration[key] = value;
        _configuration.Reload();
    }

    private async Task<string> KeyAsync(string? name)
    {
        IChatClient chat = name is null
            ? _services.GetRequiredService<IChatClient>()
            : _services.GetRequiredKeyedService<IChatClient>(name);
        await chat.GetResponseAsync("hi");
        return _handler.Requests[^1].Headers["Authorization"];
    }

    private sealed class KeptLogs : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                Lines.Add(formatter(state, exception));
        }

        public void Dispose() { }
    }
}

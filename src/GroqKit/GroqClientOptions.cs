using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using GroqKit.Authentication;
using GroqKit.Http;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit;

/// <summary>
/// Everything that a client can be told. Binds to configuration, and is checked as a whole when a client is made: what is wrong is listed in one
/// go. A client copies what it needs, so later changes have no effect.
/// </summary>
public sealed class GroqClientOptions
{
    /// <summary>The default of <see cref="BaseUrl"/>.</summary>
    public const string DefaultBaseUrl = "https://api.groq.com";

    /// <summary>The key. Default: the environment's <c>GROQ_API_KEY</c>. Needed unless <see cref="Authentication"/> is set.</summary>
    public ApiKey? ApiKey { get; set; }

    /// <summary>
    /// The server, with or without <c>/openai/v1</c> or <c>/v1</c>. Https, or http on loopback. Default: the environment's
    /// <c>GROQ_BASE_URL</c>, else <c>GROQ_HOST</c>, else <see cref="DefaultBaseUrl"/>.
    /// </summary>
    public string? BaseUrl { get; set; }

    /// <summary>
    /// One attempt: up to the whole answer, for a stream up to its headers. Default 60 s. More than zero, at most a day.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>All attempts and the waits between them. Default 180 s. More than zero, at most a day.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(180);

    /// <summary>The longest silence within a stream, keep-alives counting as silence. Default 60 s. More than zero, at most a day.</summary>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Name resolution, connection and encryption together. Default 10 s. More than zero, at most a day.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections to the server at most, for HTTP/1.1. Default 100. At least 1.</summary>
    public int MaxConnectionsPerServer { get; set; } = 100;

    /// <summary>How long a connection is reused, so that changes of name resolution are noticed. Default 5 minutes. More than zero.</summary>
    public TimeSpan PooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an unused connection is kept. Default 90 s. More than zero.</summary>
    public TimeSpan PooledConnectionIdleTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>When and how often to try again.</summary>
    public RetryOptions Retry { get; set; } = new();

    /// <summary>How many retries all calls together may make.</summary>
    public RetryBudgetOptions RetryBudget { get; set; } = new();

    /// <summary>When calls to a model that keeps failing are not sent at all.</summary>
    public CircuitBreakerOptions CircuitBreaker { get; set; } = new();

    /// <summary>How calls keep within rate limits.</summary>
    public RateLimitOptions RateLimits { get; set; } = new();

    /// <summary>Whether slow calls are sent a second time.</summary>
    public HedgingOptions Hedging { get; set; } = new();

    /// <summary>
    /// Decides about attempts instead of <see cref="Retry"/>, <see cref="RetryBudget"/>, <see cref="CircuitBreaker"/> and
    /// <see cref="Hedging"/>, which then have no effect. Default: none.
    /// </summary>
    [JsonIgnore]
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public IGroqResilience? Resilience { get; set; }

    /// <summary>What is told to those who listen to .NET's activities and meters.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Headers for every call. Names must be tokens, values free of control characters.</summary>
    public IDictionary<string, string> Headers { get; set; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Put before GroqKit's own name in the <c>User-Agent</c>, for example <c>my-app/1.2</c>. Default: none.</summary>
    public string? UserAgent { get; set; }

    /// <summary>
    /// The transport, instead of the client's own. The caller disposes of it, and answers for its redirects, cookies, pooling and certificates.
    /// </summary>
    [JsonIgnore]
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public HttpMessageHandler? Transport { get; set; }

    /// <summary>How calls identify themselves, instead of <see cref="ApiKey"/>.</summary>
    [JsonIgnore]
    public IGroqAuthentication? Authentication { get; set; }

    /// <summary>The clock. Default: the system's.</summary>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Numbers from 0 (inclusive) to 1 (exclusive) for jitter; must be safe for all threads. Default: the system's generator.</summary>
    [JsonIgnore]
    public Func<double> Randomness { get; set; } =
        static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    /// <summary>
    /// Replaces <see cref="Retry"/>, <see cref="RetryBudget"/>, <see cref="CircuitBreaker"/>, <see cref="RateLimits"/>,
    /// <see cref="Hedging"/> and <see cref="Resilience"/>; change single settings afterwards.
    /// </summary>
    /// <param name="preset">What to use.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such preset.</exception>
    public GroqClientOptions UseResilience(ResiliencePreset preset)
    {
        if (!Enum.IsDefined(preset))
            throw new ArgumentOutOfRangeException(nameof(preset), preset, "There is no such preset.");
        bool any = preset is not ResiliencePreset.None;
        bool patient = preset is ResiliencePreset.Patient;
        Retry = new RetryOptions();
        CircuitBreaker = new CircuitBreakerOptions { Enabled = any };
        RetryBudget = new RetryBudgetOptions { Enabled = any };
        RateLimits = new RateLimitOptions { Enabled = any };
        Hedging = new HedgingOptions();
        Resilience = null;
        if (!any)
            Retry.MaxRetries = 0;
        if (patient)
        {
            Retry.MaxDelay = TimeSpan.FromSeconds(10);
            CircuitBreaker.OpenDuration = TimeSpan.FromSeconds(60);
        }
        return this;
    }

    /// <summary>Every error of these options, each beginning with the option's name; empty when a client can be made.</summary>
    /// <remarks>What is not set here is looked up in the environment, as the client does.</remarks>
    public IReadOnlyList<string> Validate() => Validate(Environment.GetEnvironmentVariable);

    internal IReadOnlyList<string> Validate(Func<string, string?> environment)
    {
        var errors = new List<string>();
        if (Authentication is not null)
            AddProblem(errors, nameof(Authentication), Authentication.FindProblem());
        else
            AddProblem(errors, nameof(ApiKey), FindKey(environment) is { } key ? key.FindProblem() : MissingKey);
        AddProblem(errors, nameof(BaseUrl), GroqAddress.TryParse(FindBaseUrl(environment), out _));
        CheckDuration(errors, nameof(Timeout), Timeout);
        CheckDuration(errors, nameof(TotalTimeout), TotalTimeout);
        CheckDuration(errors, nameof(StreamIdleTimeout), StreamIdleTimeout);
        CheckDuration(errors, nameof(ConnectTimeout), ConnectTimeout);
        if (PooledConnectionLifetime <= TimeSpan.Zero)
            errors.Add($"{nameof(PooledConnectionLifetime)} must be more than zero.");
        if (PooledConnectionIdleTimeout <= TimeSpan.Zero)
            errors.Add($"{nameof(PooledConnectionIdleTimeout)} must be more than zero.");
        if (MaxConnectionsPerServer < 1)
            errors.Add($"{nameof(MaxConnectionsPerServer)} must be at least 1.");
        AddProblems(errors, nameof(Retry), Retry?.Validate());
        AddProblems(errors, nameof(RetryBudget), RetryBudget?.Validate());
        AddProblems(errors, nameof(CircuitBreaker), CircuitBreaker?.Validate());
        AddProblems(errors, nameof(RateLimits), RateLimits?.Validate());
        AddProblems(errors, nameof(Hedging), Hedging?.Validate());
        AddProblems(errors, nameof(Telemetry), Telemetry?.Validate());
        AddProblem(errors, nameof(UserAgent), UserAgent is null ? null : HeaderRules.FindValueProblem(UserAgent));
        foreach (var (name, value) in Headers ?? new Dictionary<string, string>())
            AddProblem(
                errors,
                $"{nameof(Headers)}[{HeaderRules.Printable(name)}]",
                HeaderRules.FindProblem(name, value)
            );
        if (TimeProvider is null)
            errors.Add($"{nameof(TimeProvider)} must not be null.");
        if (Randomness is null)
            errors.Add($"{nameof(Randomness)} must not be null.");
        return errors;
    }

    internal ApiKey? FindKey(Func<string, string?> environment) =>
        ApiKey ?? (environment("GROQ_API_KEY") is { Length: > 0 } value ? new ApiKey(value) : null);

    internal string FindBaseUrl(Func<string, string?> environment)
    {
        if (!string.IsNullOrWhiteSpace(BaseUrl))
            return BaseUrl;
        if (environment("GROQ_BASE_URL") is { } url && !string.IsNullOrWhiteSpace(url))
            return url;
        if (environment("GROQ_HOST") is { } host && !string.IsNullOrWhiteSpace(host))
            return GroqAddress.FromHost(host.Trim());
        return DefaultBaseUrl;
    }

    private const string MissingKey = "is missing: set it, or the environment variable GROQ_API_KEY.";

    private static void AddProblem(List<string> errors, string option, string? problem)
    {
        if (problem is not null)
            errors.Add($"{option} {problem}");
    }

    private static void AddProblems(List<string> errors, string group, IEnumerable<string>? problems)
    {
        if (problems is null)
            errors.Add($"{group} must not be null.");
        else
            errors.AddRange(problems.Select(problem => $"{group}.{problem}"));
    }

    private static void CheckDuration(List<string> errors, string option, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
            errors.Add($"{option} must be more than zero and at most a day.");
    }
}

using GroqKit.Http;

namespace GroqKit.Providers.Configuration;

/// <summary>What the options of every kind must fulfil.</summary>
internal static class ProviderOptionsRules
{
    private const int MaxNameLength = 64;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Checks all but what a kind knows alone.</summary>
    /// <param name="options">The options.</param>
    /// <param name="services">The kind's services; null for an unknown kind.</param>
    /// <param name="errors">Takes errors, with the names of fields as configuration files spell them.</param>
    public static void Check(ProviderOptions options, IReadOnlyList<ProviderService>? services, ErrorList errors)
    {
        errors.AddIf(
            !IsName(options.Name),
            "name",
            "must be 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit."
        );
        CheckKeys(options, errors);
        CheckAddresses(options, errors);
        for (int index = 0; index < options.Models.Count; index++)
            errors.AddIf(string.IsNullOrWhiteSpace(options.Models[index]), $"models[{index}]", "must not be empty.");
        CheckDefaults(options, services, errors);
        foreach (var (name, voice) in options.Voices)
            errors.AddIf(string.IsNullOrWhiteSpace(voice), $"voices.{name}", "must not be empty.");
        errors.AddIf(options.RateLimitRpm < 1, "rate_limit_rpm", "must be at least 1.");
        CheckDuration(options.Timeout, "timeout", errors);
        CheckDuration(options.TotalTimeout, "total_timeout", errors);
        CheckDuration(options.StreamIdleTimeout, "stream_idle_timeout", errors);
        errors.AddIf(options.MaxRetries is < 0 or > 10, "max_retries", "must be from 0 to 10.");
        errors.AddIf(options.LatencySamples is < 10 or > 10_000, "latency_samples", "must be from 10 to 10000.");
        foreach (var (name, value) in options.Headers)
        {
            if (HeaderRules.FindProblem(name, value) is { } problem)
                errors.Add($"headers.{HeaderRules.Printable(name)}", problem);
        }
    }

    /// <summary>What is wrong with a key, without repeating it; null when nothing is.</summary>
    public static string? FindKeyProblem(ApiKey? key)
    {
        if (key is null)
            return "is missing.";
        string value = key.Reveal();
        if (value.Length == 0)
            return "is empty.";
        return value.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? "must not contain spaces, line ends, control characters or letters beyond ASCII."
            : null;
    }

    private static void CheckKeys(ProviderOptions options, ErrorList errors)
    {
        errors.AddIf(options.ApiKey is not null && options.Keys.Count > 0, "keys", "stand beside api_key: give one.");
        if (options.ApiKey is not null && FindKeyProblem(options.ApiKey) is { } problem)
            errors.Add("api_key", problem);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int index = 0; index < options.Keys.Count; index++)
        {
            string at = $"keys[{index}]";
            if (options.Keys[index] is not { } key)
            {
                errors.Add(at, "is empty.");
                continue;
            }
            if (FindKeyProblem(key.ApiKey) is { } wrong)
                errors.Add($"{at}.api_key", wrong);
            errors.AddIf(key.Weight is < 1 or > 1000, $"{at}.weight", "must be from 1 to 1000.");
            errors.AddIf(key.Name is not null && !IsName(key.Name), $"{at}.name", "is not a name.");
            errors.AddIf(!names.Add(key.Name ?? $"key{index + 1}"), $"{at}.name", "is the name of another key too.");
        }
    }

    private static void CheckAddresses(ProviderOptions options, ErrorList errors)
    {
        errors.AddIf(
            options.BaseUrl is not null && options.BaseUrls.Count > 0,
            "base_urls",
            "stand beside base_url: give one."
        );
        if (options.BaseUrl is not null && ProviderAddress.FindProblem(options.BaseUrl) is { } problem)
            errors.Add("base_url", problem);
        for (int index = 0; index < options.BaseUrls.Count; index++)
        {
            if (ProviderAddress.FindProblem(options.BaseUrls[index]) is { } wrong)
                errors.Add($"base_urls[{index}]", wrong);
        }
    }

    private static void CheckDefaults(
        ProviderOptions options,
        IReadOnlyList<ProviderService>? services,
        ErrorList errors
    )
    {
        foreach (var (name, model) in options.DefaultModels)
        {
            string at = $"default_models.{name}";
            ProviderService? service = ProviderServiceNames.FromName(name);
            errors.AddIf(service is null, at, "is not a service: llm, stt or tts.");
            errors.AddIf(
                service is { } known && services?.Contains(known) == false,
                at,
                $"names a service that the kind {options.Kind} does not have."
            );
            errors.AddIf(string.IsNullOrWhiteSpace(model), at, "must not be empty.");
            errors.AddIf(
                options.Models.Count > 0 && !options.Models.Contains(model, StringComparer.OrdinalIgnoreCase),
                at,
                $"names {model}, which is not among the provider's models."
            );
        }
    }

    private static void CheckDuration(TimeSpan value, string field, ErrorList errors) =>
        errors.AddIf(value <= TimeSpan.Zero || value > Longest, field, "must be more than zero and at most a day.");

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaxNameLength }
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}

namespace GroqKit.Http;

/// <summary>Checks what a single call asks for, before anything is sent.</summary>
internal static class CallOptionsRules
{
    public static void Check(CallOptions options)
    {
        if (options.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromDays(1)))
            throw Invalid(nameof(options.Timeout), "must be more than zero and at most a day.");
        if (options.StreamIdleTimeout is { } idle && (idle <= TimeSpan.Zero || idle > TimeSpan.FromDays(1)))
            throw Invalid(nameof(options.StreamIdleTimeout), "must be more than zero and at most a day.");
        if (options.MaxRetries is < 0 or > 10)
            throw Invalid(nameof(options.MaxRetries), "must be from 0 to 10.");
        if (options.RequestId is { } id && HeaderRules.FindValueProblem(id) is { } idProblem)
            throw Invalid(nameof(options.RequestId), idProblem);
        foreach (var (name, value) in options.Headers ?? new Dictionary<string, string>())
        {
            if (HeaderRules.FindProblem(name, value) is { } problem)
                throw Invalid($"{nameof(options.Headers)}[{HeaderRules.Printable(name)}]", problem);
        }
    }

    private static GroqValidationException Invalid(string option, string problem) =>
        new($"{nameof(CallOptions)}.{option} {problem}", new ErrorDetails { Parameter = option });
}

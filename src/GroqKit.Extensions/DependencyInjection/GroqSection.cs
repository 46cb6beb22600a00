using GroqKit.Resilience;
using GroqKit.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace GroqKit.Extensions.DependencyInjection;

/// <summary>
/// Options of one name out of a section. Reads by hand rather than by the platform's binder, which stops at the first bad value, passes over
/// misspelt names, and needs reflection that ahead-of-time compilation does not have.
/// </summary>
internal sealed class GroqSection(string name, IConfiguration section)
    : IConfigureNamedOptions<GroqClientOptions>,
        IConfigureNamedOptions<GroqChatSettings>,
        IValidateOptions<GroqClientOptions>
{
    public void Configure(string? optionsName, GroqClientOptions options)
    {
        if (optionsName == name)
            Read(options);
    }

    public void Configure(GroqClientOptions options) =>
        Configure(Microsoft.Extensions.Options.Options.DefaultName, options);

    public void Configure(string? optionsName, GroqChatSettings options)
    {
        if (optionsName == name && section["Model"] is { } model && !string.IsNullOrWhiteSpace(model))
            options.Model = model;
    }

    public void Configure(GroqChatSettings options) =>
        Configure(Microsoft.Extensions.Options.Options.DefaultName, options);

    public ValidateOptionsResult Validate(string? optionsName, GroqClientOptions options)
    {
        if (optionsName != name)
            return ValidateOptionsResult.Skip;
        // Values that cannot be read have left no trace in the options, so the section is read once more.
        List<string> errors = Read(new GroqClientOptions());
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private List<string> Read(GroqClientOptions options)
    {
        var reader = new SectionReader(section);
        // First, since it replaces what single settings change.
        reader.Choice<ResiliencePreset>("Resilience", value => options.UseResilience(value));
        reader.Text(nameof(options.ApiKey), value => options.ApiKey = value);
        reader.Text(nameof(options.BaseUrl), value => options.BaseUrl = value);
        reader.Duration(nameof(options.Timeout), value => options.Timeout = value);
        reader.Duration(nameof(options.TotalTimeout), value => options.TotalTimeout = value);
        reader.Duration(nameof(options.StreamIdleTimeout), value => options.StreamIdleTimeout = value);
        reader.Duration(nameof(options.ConnectTimeout), value => options.ConnectTimeout = value);
        reader.Integer(nameof(options.MaxConnectionsPerServer), value => options.MaxConnectionsPerServer = value);
        reader.Duration(nameof(options.PooledConnectionLifetime), value => options.PooledConnectionLifetime = value);
        reader.Duration(
            nameof(options.PooledConnectionIdleTimeout),
            value => options.PooledConnectionIdleTimeout = value
        );
        reader.Text(nameof(options.UserAgent), value => options.UserAgent = value);
        reader.Entries(nameof(options.Headers), (header, value) => options.Headers[header] = value);
        reader.Section(nameof(options.Retry), inner => ResilienceSections.Read(inner, options.Retry));
        reader.Section(nameof(options.RetryBudget), inner => ResilienceSections.Read(inner, options.RetryBudget));
        reader.Section(nameof(options.CircuitBreaker), inner => ResilienceSections.Read(inner, options.CircuitBreaker));
        reader.Section(nameof(options.RateLimits), inner => ResilienceSections.Read(inner, options.RateLimits));
        reader.Section(nameof(options.Hedging), inner => ResilienceSections.Read(inner, options.Hedging));
        reader.Section(nameof(options.Telemetry), inner => Read(inner, options.Telemetry));
        // Read where the chat client is made.
        reader.Text("Model", static _ => { });
        return reader.Finish();
    }

    private static void Read(SectionReader reader, TelemetryOptions options)
    {
        reader.Flag(nameof(options.Enabled), value => options.Enabled = value);
        reader.Choice<TelemetryConvention>(nameof(options.Convention), value => options.Convention = value);
        reader.Choice<OperationSpans>(nameof(options.OperationSpans), value => options.OperationSpans = value);
        reader.Flag(nameof(options.CaptureContent), value => options.CaptureContent = value);
        reader.Flag(nameof(options.PropagateTraceContext), value => options.PropagateTraceContext = value);
        reader.Entries(nameof(options.KnownModels), (_, model) => options.KnownModels.Add(model));
        reader.Integer(nameof(options.LatencySamples), value => options.LatencySamples = value);
    }
}

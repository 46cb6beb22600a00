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
        reader.Section(
            nameof(options.Retry),
            retry =>
            {
                retry.Integer(nameof(RetryOptions.MaxRetries), value => options.Retry.MaxRetries = value);
                retry.Duration(nameof(RetryOptions.BaseDelay), value => options.Retry.BaseDelay = value);
                retry.Duration(nameof(RetryOptions.MaxDelay), value => options.Retry.MaxDelay = value);
                retry.Number(nameof(RetryOptions.Jitter), value => options.Retry.Jitter = value);
            }
        );
        reader.Texts(nameof(options.Headers), (header, value) => options.Headers[header] = value);
        // Read where the chat client is made.
        reader.Text("Model", static _ => { });
        return reader.Finish();
    }
}

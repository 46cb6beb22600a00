using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.OpenAI;

/// <summary>
/// Makes providers of kind <c>openai</c>: OpenAI itself, and any server that speaks its language, which then may do without a key.
/// </summary>
/// <remarks>
/// Settings: <c>organization</c>, <c>project</c>; <c>max_tokens_field</c> (<c>max_completion_tokens</c> by default, <c>max_tokens</c> for old
/// servers); <c>send_unknown_properties</c> (<c>false</c> by default); <c>names_voice</c> (<c>true</c> by default; <c>false</c> leaves the voice
/// to a server that has one of its own); <c>model_rules.PREFIX</c>, what a family of models refuses.
/// </remarks>
public sealed class OpenAIProviderFactory : IProviderFactory
{
    internal const string MaxTokensField = "max_tokens_field";
    internal const string SendUnknown = "send_unknown_properties";
    internal const string NamesVoice = "names_voice";
    internal const string Organization = "organization";
    internal const string Project = "project";

    /// <inheritdoc/>
    public ProviderKind Kind => ProviderKind.OpenAI;

    /// <inheritdoc/>
    public IReadOnlyList<ProviderService> Services => OpenAIProvider.AllServices;

    /// <inheritdoc/>
    public void Validate(ProviderOptions options, ErrorList errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        bool isOwnServer = options.BaseUrl is not null || options.BaseUrls.Count > 0;
        if (!isOwnServer)
            KindRules.RequireKey(options, errors);
        KindRules.CheckSettings(
            options,
            errors,
            MaxTokensField,
            SendUnknown,
            NamesVoice,
            Organization,
            Project,
            ModelRulesTable.Setting
        );
        if (!isOwnServer)
            KindRules.CheckDefaultModels(options, Kind, errors);
        foreach (var (name, value) in options.Settings)
            CheckSetting(name, value, errors);
    }

    /// <inheritdoc/>
    public IProvider Create(ProviderOptions options, ProviderEnvironment environment) =>
        new OpenAIProvider(options, environment);

    private static void CheckSetting(string name, string value, ErrorList errors)
    {
        string at = $"settings.{name}";
        if (name.StartsWith(ModelRulesTable.Setting, StringComparison.OrdinalIgnoreCase))
        {
            ModelRulesTable.Parse(name[ModelRulesTable.Setting.Length..], value, out string? problem);
            errors.AddIf(problem is not null, at, problem ?? "");
        }
        else if (name.Equals(MaxTokensField, StringComparison.OrdinalIgnoreCase))
            errors.AddIf(
                value is not ("max_tokens" or "max_completion_tokens"),
                at,
                "must be max_tokens or max_completion_tokens."
            );
        else if (
            name.Equals(SendUnknown, StringComparison.OrdinalIgnoreCase)
            || name.Equals(NamesVoice, StringComparison.OrdinalIgnoreCase)
        )
            errors.AddIf(!bool.TryParse(value, out _), at, "must be true or false.");
    }
}

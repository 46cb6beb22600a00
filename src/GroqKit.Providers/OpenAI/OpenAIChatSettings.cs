using GroqKit.Providers.OpenAI.Chat;

namespace GroqKit.Providers.OpenAI;

/// <summary>How chat is translated for one provider.</summary>
/// <param name="Rules">What models refuse.</param>
/// <param name="MaxTokensField">The name of the field for the most output; old servers know <c>max_tokens</c> only.</param>
/// <param name="SendsUnknown">Whether additional properties that are no known parameter are sent.</param>
/// <param name="Dropped">Told of options that are not sent.</param>
internal sealed record OpenAIChatSettings(
    ModelRulesTable Rules,
    string MaxTokensField,
    bool SendsUnknown,
    DroppedOptions Dropped
);

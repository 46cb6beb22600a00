using Microsoft.Extensions.Options;

namespace GroqKit.Extensions.DependencyInjection;

/// <summary>The client's own rules, asked at start.</summary>
internal sealed class GroqOptionsValidator(string name) : IValidateOptions<GroqClientOptions>
{
    public ValidateOptionsResult Validate(string? optionsName, GroqClientOptions options)
    {
        if (optionsName != name)
            return ValidateOptionsResult.Skip;
        IReadOnlyList<string> errors = options.Validate();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

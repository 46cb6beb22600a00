namespace GroqKit.Gateway.Services.Settings;

/// <summary>Tells what the gateway was started with. No secret is in it.</summary>
internal interface IEffectiveSettings
{
    IReadOnlyList<EffectiveSetting> List();
}

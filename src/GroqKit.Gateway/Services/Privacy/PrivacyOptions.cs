namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What holds for all calls.</summary>
/// <param name="Default">One of <see cref="PrivacyModes.OfGateway"/>, for calls to no agent and agents that say nothing.</param>
/// <param name="Sanitises">Whether invisible characters are taken out of requests.</param>
internal sealed record PrivacyOptions(string Default, bool Sanitises)
{
    public static PrivacyOptions Usual { get; } = new(PrivacyModes.Off, Sanitises: true);
}

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>How an agent treats personal data.</summary>
/// <param name="Data">One of <see cref="PrivacyModes.OfAgent"/>; null for what holds for all.</param>
/// <param name="MaskAnswers">Whether personal data that the caller didn't send is masked in answers.</param>
/// <param name="KeepDays">For how many days requests and answers are kept, encrypted; 0: not at all.</param>
/// <param name="ConsentedBy">Who let personal data leave; null while nobody did.</param>
/// <param name="ConsentedAt">When.</param>
internal sealed record AgentPrivacy(
    string? Data,
    bool MaskAnswers,
    int KeepDays,
    string? ConsentedBy,
    DateTimeOffset? ConsentedAt
)
{
    public static AgentPrivacy None { get; } = new(null, false, 0, null, null);

    /// <summary>The same with the name of who consents, where that is new; without one where nobody does.</summary>
    public AgentPrivacy Signed(AgentPrivacy before, string actor, DateTimeOffset now) =>
        Data != PrivacyModes.Consented ? this with { ConsentedBy = null, ConsentedAt = null }
        : before.Data == PrivacyModes.Consented
            ? this with
            {
                ConsentedBy = before.ConsentedBy,
                ConsentedAt = before.ConsentedAt,
            }
        : this with { ConsentedBy = actor, ConsentedAt = now };
}

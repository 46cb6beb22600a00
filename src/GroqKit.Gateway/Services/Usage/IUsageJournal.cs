namespace GroqKit.Gateway.Services.Usage;

/// <summary>The first place accounts go to, which a crash of the process doesn't touch.</summary>
internal interface IUsageJournal : IUsageSink
{
    /// <summary>
    /// False when hardly any room is left. New calls have to be refused then: a call whose account can't be kept would be given away.
    /// </summary>
    bool HasRoom { get; }
}

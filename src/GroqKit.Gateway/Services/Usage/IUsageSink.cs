namespace GroqKit.Gateway.Services.Usage;

/// <summary>Where the accounts of calls go. Called on the hot path from many threads: never blocks, never throws.</summary>
internal interface IUsageSink
{
    void Record(in UsageRecord record);
}

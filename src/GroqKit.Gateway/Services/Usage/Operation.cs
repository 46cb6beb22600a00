namespace GroqKit.Gateway.Services.Usage;

/// <summary>What the caller asked for; the name used in records and metrics.</summary>
internal static class Operation
{
    public const string Chat = "chat";
    public const string Models = "models";
}

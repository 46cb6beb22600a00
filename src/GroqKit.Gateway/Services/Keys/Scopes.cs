namespace GroqKit.Gateway.Services.Keys;

/// <summary>Single permissions. Every route asks for one.</summary>
[Flags]
internal enum Scopes
{
    None = 0,
    Models = 1,
    Chat = 1 << 1,
    Audio = 1 << 2,
    AgentsRead = 1 << 3,
    AgentsWrite = 1 << 4,
    ProvidersRead = 1 << 5,
    ProvidersWrite = 1 << 6,
    UsageRead = 1 << 7,
    AuditRead = 1 << 8,
    KeysRead = 1 << 9,
    KeysWrite = 1 << 10,
    JobsRead = 1 << 16,
    JobsWrite = 1 << 17,
    WebhooksRead = 1 << 18,
    WebhooksWrite = 1 << 19,

    /// <summary>Files that providers keep, and batches made of them.</summary>
    Files = 1 << 20,

    /// <summary>What is known of callers' own users.</summary>
    Privacy = 1 << 21,

    /// <summary>A scope that this gateway doesn't know, from a newer one. Grants nothing, but still narrows the key.</summary>
    Unknown = 1 << 30,
}

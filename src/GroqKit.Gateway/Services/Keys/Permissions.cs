namespace GroqKit.Gateway.Services.Keys;

/// <summary>The names of roles and scopes, and what a role may do.</summary>
internal static class Permissions
{
    private const Scopes OfCallers = Scopes.Models | Scopes.Chat | Scopes.Audio | Scopes.Files;

    private const Scopes OfOperators =
        OfCallers
        | Scopes.AgentsRead
        | Scopes.AgentsWrite
        | Scopes.ProvidersRead
        | Scopes.ProvidersWrite
        | Scopes.UsageRead
        | Scopes.AuditRead
        | Scopes.JobsRead
        | Scopes.JobsWrite
        | Scopes.WebhooksRead
        | Scopes.WebhooksWrite;

    private const Scopes OfAdmins = OfOperators | Scopes.KeysRead | Scopes.KeysWrite | Scopes.Privacy;

    private static readonly (Scopes Scope, string Name)[] Names =
    [
        (Scopes.Models, "models"),
        (Scopes.Chat, "chat"),
        (Scopes.Audio, "audio"),
        (Scopes.Files, "files"),
        (Scopes.AgentsRead, "agents:read"),
        (Scopes.AgentsWrite, "agents:write"),
        (Scopes.ProvidersRead, "providers:read"),
        (Scopes.ProvidersWrite, "providers:write"),
        (Scopes.UsageRead, "usage:read"),
        (Scopes.AuditRead, "audit:read"),
        (Scopes.KeysRead, "keys:read"),
        (Scopes.KeysWrite, "keys:write"),
        (Scopes.JobsRead, "jobs:read"),
        (Scopes.JobsWrite, "jobs:write"),
        (Scopes.WebhooksRead, "webhooks:read"),
        (Scopes.WebhooksWrite, "webhooks:write"),
        (Scopes.Privacy, "privacy"),
    ];

    private static readonly string[] RoleNames = ["caller", "operator", "admin"];

    public static IEnumerable<string> AllScopes => Names.Select(entry => entry.Name);

    public static IReadOnlyList<string> AllRoles => RoleNames;

    /// <summary>Everything that a role may do.</summary>
    public static Scopes Of(CallerRole role) =>
        role switch
        {
            CallerRole.Admin => OfAdmins,
            CallerRole.Operator => OfOperators,
            _ => OfCallers,
        };

    public static string NameOf(CallerRole role) => RoleNames[(int)role];

    public static CallerRole? Role(string name) =>
        Array.IndexOf(RoleNames, name) is var index and >= 0 ? (CallerRole)index : null;

    /// <summary>The scope of a name; null when there is none.</summary>
    public static Scopes? Scope(string name) =>
        Array.Find(Names, entry => entry.Name == name) is { Name: not null } found ? found.Scope : null;

    public static string[] NamesOf(Scopes scopes) =>
        [.. Names.Where(entry => scopes.HasFlag(entry.Scope)).Select(entry => entry.Name)];
}

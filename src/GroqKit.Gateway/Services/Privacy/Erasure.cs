using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Somebody was erased. Says who by a hash only.</summary>
/// <param name="Person">What <see cref="NameOf"/> makes of the user.</param>
/// <param name="At">When, by the clock of the node that did it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Erasure(string Person, DateTimeOffset At)
{
    /// <summary>What began so soon after an erasure counts as before it: the clocks of nodes differ.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>How long erasures are remembered: no journal is away for longer and comes back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Whether something that began then was the person's before it was erased.</summary>
    public bool Covers(DateTimeOffset began) => began <= At + Slack;

    /// <summary>Names a tenant's user without saying its name.</summary>
    public static string NameOf(string tenant, string user) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\0{user}")));
}

using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>Names ledgers.</summary>
internal static class LedgerId
{
    /// <summary>
    /// The ledger of a limit. Names can hold any character, so each is preceded by its length. Who a caller's own user is, nobody can read
    /// in it: ledgers outlive the wish to be forgotten.
    /// </summary>
    public static string Of(LimitSubject subject, LimitUnit unit, LimitWindow window) =>
        $"{subject.Scope}:{unit}:{window}:{subject.Owner.Length}:{subject.Owner}:"
        + (subject.Scope == LimitScope.User ? Hidden(subject) : subject.Id);

    private static string Hidden(LimitSubject subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{subject.Owner}:{subject.Id}")));

    /// <summary>How long a ledger matters after its last change.</summary>
    public static TimeSpan LifetimeOf(LimitWindow window) =>
        window switch
        {
            LimitWindow.Minute => TimeSpan.FromMinutes(2),
            LimitWindow.Day => TimeSpan.FromDays(2),
            _ => TimeSpan.FromDays(33),
        };
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// Keeps what the placeholders of files stand for, for callers who asked to get it back in what a batch makes of them: encrypted, line by line, for as
/// long as providers keep results. Erasing a line's user takes it along.
/// </summary>
internal sealed class FileMasks(IKeptBodies kept, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(31);

    /// <param name="tenant">Whose file it is.</param>
    /// <param name="name">Under which name.</param>
    /// <param name="endUser">On whose behalf it was sent; counts where a line names nobody.</param>
    /// <param name="lines">What was masked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public Task KeepAsync(
        string tenant,
        string name,
        string? endUser,
        IEnumerable<LineMasks> lines,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        return kept.KeepAllAsync(
            [
                .. lines.Select(line => new KeptBody
                {
                    RequestId = IdOf(name, line.Line),
                    Tenant = tenant,
                    Agent = "",
                    EndUser = line.EndUser ?? endUser,
                    At = now,
                    ExpiresAt = now + Kept,
                    Request = JsonSerializer.Serialize(
                        new Dictionary<string, string>(line.Values),
                        PrivacyJson.Default.DictionaryStringString
                    ),
                    Answer = "",
                }),
            ],
            cancellationToken
        );
    }

    /// <summary>What the placeholders of some lines stand for; lines without any are left out.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task<IReadOnlyDictionary<string, Masks>> FindAsync(
        string tenant,
        string name,
        IReadOnlyCollection<string> lines,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Masks>(StringComparer.Ordinal);
        if (lines.Count == 0)
            return found;
        string[] ids = [.. lines.Select(line => IdOf(name, line))];
        IReadOnlyDictionary<string, string> all = await kept.FindAsync(tenant, ids, cancellationToken);
        foreach (string line in lines)
        {
            if (all.TryGetValue(IdOf(name, line), out string? values))
                found[line] = Masks.Of(JsonSerializer.Deserialize(values, PrivacyJson.Default.DictionaryStringString)!);
        }
        return found;
    }

    // Names of lines are the caller's, and long or strange.
    private static string IdOf(string name, string line) =>
        $"{name}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)).AsSpan(0, 16))}";
}

using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Hosting;

/// <summary>What the operator reads when the gateway has started.</summary>
internal static class StartMessage
{
    /// <param name="to">Where to write.</param>
    /// <param name="addresses">What the gateway listens on.</param>
    /// <param name="provider">Who answers.</param>
    /// <param name="database">Where keys and the rest are kept.</param>
    /// <param name="ownKey">Whether the operator has set an admin key.</param>
    /// <param name="newKey">An admin key made just now; written here and never again.</param>
    public static void Write(
        TextWriter to,
        IReadOnlyCollection<string> addresses,
        Provider provider,
        string database,
        bool ownKey,
        string? newKey
    )
    {
        string address = addresses.FirstOrDefault() ?? "";
        to.WriteLine($"GroqKit Gateway listens on {string.Join(" and ", addresses)}");
        to.WriteLine(
            provider.Simulated
                ? "Provider: the built-in simulator, so answers are made up. Set GROQ_API_KEY for real ones."
                : $"Provider: {provider}"
        );
        if (newKey is null)
        {
            to.WriteLine(
                ownKey
                    ? "Admin key: the one in GROQKIT_ADMIN_KEY"
                    : $"Database: {database} (the admin key was shown when it was made; GROQKIT_ADMIN_KEY sets another)"
            );
            return;
        }
        to.WriteLine();
        to.WriteLine($"Admin key, shown only this once (its hash is in {database}):");
        to.WriteLine();
        to.WriteLine($"  {newKey}");
        to.WriteLine();
        to.WriteLine("Try it:");
        to.WriteLine();
        to.WriteLine(
            $"  curl -N {address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal)}/v1/chat/completions \\"
        );
        to.WriteLine($"    -H 'Authorization: Bearer {newKey}' -H 'Content-Type: application/json' \\");
        to.WriteLine(
            """    -d '{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"Say hello in five words."}]}'"""
        );
        to.WriteLine();
    }
}

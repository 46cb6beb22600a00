using System.Collections.Concurrent;
using System.Text;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>
/// Turns the model a caller names into a provider and that provider's name for it. <c>groq/</c> in front chooses Groq and is taken
/// off; <c>agent/</c> names an agent; every other name goes to Groq as it is. Thread-safe.
/// </summary>
internal sealed class Router(Provider groq)
{
    private const string GroqPrefix = "groq/";
    private const string AgentPrefix = "agent/";

    // Bounds the memory that callers can claim by inventing names.
    private const int MaxRemembered = 1024;

    // Groq itself has ids that begin with its own name.
    private static readonly string[] GroqOwnIds = ["groq/compound", "groq/compound-mini"];

    private readonly ConcurrentDictionary<string, ModelRoute> _routes = new(StringComparer.Ordinal);

    public Provider Default => groq;

    /// <param name="model">The name as UTF-8, unescaped.</param>
    /// <param name="param">What to call the name in an error.</param>
    /// <exception cref="GatewayException">The name is malformed or leads nowhere.</exception>
    public ModelRoute Resolve(ReadOnlySpan<byte> model, string param)
    {
        Span<char> chars = stackalloc char[ModelName.MaxLength];
        if (!Encoding.UTF8.TryGetChars(model, chars, out int length) || !ModelName.IsWellFormed(chars[..length]))
            throw RequestErrors.WrongValue(param, "is not a model name: up to 256 letters, digits and -_./:@+~");
        ReadOnlySpan<char> name = chars[..length];
        if (_routes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out ModelRoute? known))
            return known;
        return Remember(name.ToString());
    }

    private ModelRoute Remember(string name)
    {
        if (name.StartsWith(AgentPrefix, StringComparison.Ordinal))
            throw RequestErrors.UnknownAgent(name[AgentPrefix.Length..]);
        bool renamed =
            name.StartsWith(GroqPrefix, StringComparison.Ordinal) && !GroqOwnIds.Contains(name, StringComparer.Ordinal);
        var route = new ModelRoute(groq, renamed ? name[GroqPrefix.Length..] : name, renamed);
        if (_routes.Count < MaxRemembered)
            _routes.TryAdd(name, route);
        return route;
    }
}

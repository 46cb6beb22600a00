namespace GroqKit.Gateway.Services.Usage;

/// <summary>What the caller asked for; the name used in records and metrics.</summary>
internal static class Operation
{
    public const string Chat = "chat";
    public const string Models = "models";

    /// <summary>The kind of service behind an operation, as reports group by it: <c>llm</c>, or the operation itself.</summary>
    public static string ServiceOf(string operation) => operation is Chat ? "llm" : operation;
}

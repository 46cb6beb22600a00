namespace GroqKit.Gateway.Services.Objects;

/// <summary>What providers keep.</summary>
internal static class ObjectKinds
{
    public const string File = "file";
    public const string Batch = "batch";
}

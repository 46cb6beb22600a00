namespace GroqKit.Testing;

/// <summary>One step of a <see cref="ScriptedStream"/>.</summary>
internal abstract record StreamStep
{
    public sealed record Send(ReadOnlyMemory<byte> Bytes) : StreamStep;

    public sealed record Pause(TimeSpan Time) : StreamStep;

    public sealed record Break(string Message) : StreamStep;
}

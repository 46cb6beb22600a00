namespace GroqKit.TestKit.Contract;

/// <summary>One place where a JSON value breaks its schema.</summary>
/// <param name="Path">A JSON pointer to the value, such as <c>/messages/0/role</c>; empty for the whole document.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record SchemaError(string Path, string Message)
{
    public override string ToString() => $"{(Path.Length == 0 ? "(root)" : Path)}: {Message}";
}

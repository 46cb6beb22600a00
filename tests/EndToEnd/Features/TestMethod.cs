namespace GroqKit.EndToEnd.Features;

/// <summary>A test found in the sources.</summary>
/// <param name="Class">The class it is in; a nested class as <c>Outer.Inner</c>.</param>
/// <param name="Ids">The requirements it proves itself, without those of its class.</param>
internal sealed record TestMethod(string Class, IReadOnlyList<string> Ids);

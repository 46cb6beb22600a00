namespace GroqKit;

/// <summary>Something that the client did differently from what was asked, or that will have no effect. The call went on.</summary>
/// <param name="Code">A fixed word, for programs.</param>
/// <param name="Parameter">The parameter it is about, as it stands on the wire.</param>
/// <param name="Message">A sentence, for people.</param>
public sealed record GroqWarning(string Code, string Parameter, string Message);

namespace GroqKit;

/// <summary>Where the API's own check of a schema failed: that of a tool, of a format, or of the request itself.</summary>
/// <param name="Path">The place, for example <c>/properties/city</c>.</param>
/// <param name="Segments">The parts of the place; empty when the API named none.</param>
/// <param name="Kind">The kind of the rule that failed; the API names the kinds.</param>
/// <param name="Code">The API's code of the failure.</param>
public sealed record SchemaFault(string? Path, IReadOnlyList<string> Segments, string? Kind, string? Code);

namespace GroqKit.Gateway.Services.Translation;

/// <summary>One member of a request's JSON object.</summary>
/// <param name="Name">Its name, unescaped.</param>
/// <param name="Whole">Name, colon and value as they came.</param>
/// <param name="Value">The value as it came, quotes included.</param>
internal readonly record struct JsonMember(string Name, ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Value);

using System.Text.Json;

namespace GroqKit.Json;

/// <summary>Reads an answer in its usual form.</summary>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="json">All of it.</param>
/// <returns>Null: it is left to the generated reader.</returns>
/// <exception cref="JsonException">Not JSON.</exception>
internal delegate T? FastRead<T>(ReadOnlySpan<byte> json)
    where T : class;

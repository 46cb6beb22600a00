using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Cli.Display;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Chat;

/// <summary>A JSON Schema that the answer has to follow.</summary>
internal static class SchemaFile
{
    private const int LongestName = 64;

    /// <exception cref="UsageException">The file cannot be read or is no schema.</exception>
    public static async Task<ResponseFormat> ReadAsync(string path, bool isStrict, CancellationToken cancellationToken)
    {
        string text = await InputFile.ReadAsync("--schema", path, cancellationToken);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new UsageException($"--schema: {path} must hold a JSON Schema object");
            return ResponseFormat.ForSchema(NameFor(path), document.RootElement.Clone(), isStrict ? true : null);
        }
        catch (JsonException error)
        {
            throw new UsageException($"--schema: {path} is not JSON: {JsonText.Explain(error)}");
        }
    }

    // The API takes letters, digits, underscore and hyphen.
    private static string NameFor(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return safe.Length == 0 ? "answer" : safe[..Math.Min(safe.Length, LongestName)];
    }
}

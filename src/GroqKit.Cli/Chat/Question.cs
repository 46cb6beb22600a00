using GroqKit.Chat;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Chat;

/// <summary>A message to the model: what was typed, text files, and pictures.</summary>
internal static class Question
{
    /// <exception cref="UsageException">A file or picture cannot be used.</exception>
    public static async Task<ChatMessage> BuildAsync(
        string prompt,
        IReadOnlyList<string> files,
        IReadOnlyList<string> images,
        CancellationToken cancellationToken
    )
    {
        List<string> texts = prompt.Length == 0 ? [] : [prompt];
        foreach (string file in files)
        {
            string content = await InputFile.ReadAsync("--file", file, cancellationToken);
            texts.Add($"<file name=\"{Path.GetFileName(file)}\">\n{content.TrimEnd()}\n</file>");
        }
        string text = string.Join("\n\n", texts);
        if (images.Count == 0)
            return ChatMessage.User(text);
        List<ContentPart> parts = text.Length == 0 ? [] : [ContentPart.FromText(text)];
        foreach (string image in images)
            parts.Add(await ReadImageAsync(image, cancellationToken));
        return ChatMessage.User([.. parts]);
    }

    private static async Task<ContentPart> ReadImageAsync(string image, CancellationToken cancellationToken)
    {
        if (image.Length == 0)
            throw new UsageException("--image: the name of the file is empty");
        if (image.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(image, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps
                ? ContentPart.FromImageUrl(image)
                : throw new UsageException($"--image: {image} must be a file or an https address");
        }
        try
        {
            return await ContentPart.FromImageFileAsync(image, cancellationToken: cancellationToken);
        }
        catch (GroqValidationException error)
        {
            string problem = error.Message[(error.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            throw new UsageException($"--image: {image} {problem}");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException(
                Directory.Exists(image) ? $"--image: {image} is a folder" : $"--image: there is no file {image}"
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--image: {error.Message}");
        }
    }
}

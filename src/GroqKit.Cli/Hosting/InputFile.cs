using System.Text;

namespace GroqKit.Cli.Hosting;

/// <summary>Text from files that an option names, and from standard input.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="UsageException">There is no such file, it cannot be read, or it is not text.</exception>
    public static async Task<string> ReadAsync(string option, string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0)
            throw new UsageException($"{option}: the name of the file is empty");
        try
        {
            string text = await File.ReadAllTextAsync(path, Strict, cancellationToken);
            return text.Contains('\0') ? throw new UsageException($"{option}: {path} is not a text file") : text;
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException($"{option}: {path} is not text in UTF-8");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{option}: there is no file {path}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                Directory.Exists(path) ? $"{option}: {path} is a folder" : $"{option}: {error.Message}"
            );
        }
    }

    /// <exception cref="UsageException">It is not text.</exception>
    public static async Task<string> ReadInputAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(terminal.InputStream, Strict, true, -1, leaveOpen: true);
        try
        {
            string text = await reader.ReadToEndAsync(cancellationToken);
            return text.Contains('\0') ? throw new UsageException("standard input is not text") : text;
        }
        catch (DecoderFallbackException)
        {
            throw new UsageException("standard input is not text in UTF-8");
        }
    }
}

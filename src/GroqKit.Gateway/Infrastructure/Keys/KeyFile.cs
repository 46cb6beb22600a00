using System.Text.Json;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Infrastructure.Keys;

/// <summary>
/// Keys in one JSON file that only its owner can read. Every change writes a whole new file beside it and renames that over the
/// old one, so a crash leaves either the old keys or the new.
/// </summary>
internal sealed class KeyFile(string path) : IKeyStore, IDisposable
{
    private const int FormatVersion = 1;

    private readonly SemaphoreSlim _writing = new(1, 1);

    public string Location => path;

    public async Task<IReadOnlyList<CallerKey>> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            KeyFileContent? content = await JsonSerializer.DeserializeAsync(
                file,
                KeyFileJson.Default.KeyFileContent,
                cancellationToken
            );
            if (content is not { Version: FormatVersion })
                throw new KeyStoreException($"The key file {path} has a version this gateway doesn't know.");
            return [.. content.Keys.Select(entry => entry.ToKey())];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            throw new KeyStoreException($"The key file {path} is damaged: {broken.Message}", broken);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException($"The key file {path} can't be read: {denied.Message}", denied);
        }
    }

    public async Task AddAsync(CallerKey key, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<CallerKey> stored = await LoadAsync(cancellationToken);
            var content = new KeyFileContent(FormatVersion, [.. stored.Append(key).Select(KeyFileEntry.From)]);
            await ReplaceAsync(content, cancellationToken);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException($"The key file {path} can't be written: {denied.Message}", denied);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task ReplaceAsync(KeyFileContent content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string next = path + ".new";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(next, options))
        {
            await JsonSerializer.SerializeAsync(file, content, KeyFileJson.Default.KeyFileContent, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }
}

using System.Collections.Concurrent;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Files;

/// <summary>Files in memory, each seen only by the key that owns it. Safe for use from many threads.</summary>
internal sealed class FileStore(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, StoredFile> _files = new(StringComparer.Ordinal);
    private long _count;

    public StoredFile Add(string name, string purpose, ReadOnlyMemory<byte> bytes, string owner)
    {
        string id = $"file_{Identifiers.Request((ulong)Interlocked.Increment(ref _count))[4..]}";
        var file = new StoredFile(id, name, purpose, time.GetUtcNow().ToUnixTimeSeconds(), bytes, owner);
        _files[id] = file;
        return file;
    }

    /// <summary>Newest first.</summary>
    public IEnumerable<StoredFile> List(string owner) =>
        _files
            .Values.Where(file => file.Owner == owner)
            .OrderByDescending(file => file.CreatedAt)
            .ThenBy(file => file.Id);

    public StoredFile? Find(string id, string owner) =>
        _files.TryGetValue(id, out StoredFile? file) && file.Owner == owner ? file : null;

    /// <exception cref="ApiException">There is none.</exception>
    public StoredFile Get(string id, string owner) =>
        Find(id, owner) ?? throw new ApiException(ApiErrors.NotFound($"No file with id `{id}` was found.", "file_id"));

    /// <inheritdoc cref="Get"/>
    public void Delete(string id, string owner) => _files.TryRemove(Get(id, owner).Id, out _);
}

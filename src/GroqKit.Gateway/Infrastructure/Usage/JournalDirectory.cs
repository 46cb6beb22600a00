using System.Globalization;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// The folder that one process writes its journal to, held by a lock that ends with the process. Processes that share a data folder
/// take <c>0</c>, <c>1</c> and so on; the next one to start takes over what a dead one left.
/// </summary>
internal sealed class JournalDirectory : IDisposable
{
    private const string LockName = "lock";
    private const string Extension = ".journal";
    private const int MaxProcesses = 64;

    private readonly string _path;
    private readonly FileStream _lock;

    private JournalDirectory(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
    }

    /// <exception cref="IOException">The folder can't be written.</exception>
    public static JournalDirectory Take(string root)
    {
        for (int process = 0; ; process++)
        {
            string path = Path.Combine(root, process.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(path);
            try
            {
                var held = new FileStream(
                    Path.Combine(path, LockName),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
                return new JournalDirectory(path, held);
            }
            catch (IOException) when (process < MaxProcesses - 1)
            {
                // Another process has it.
            }
        }
    }

    public string PathOf(long sequence) => Path.Combine(_path, $"{sequence:D12}{Extension}");

    /// <summary>The numbers of the segments that are there, oldest first.</summary>
    public IReadOnlyList<long> Sequences() =>
        [
            .. Directory
                .EnumerateFiles(_path, "*" + Extension)
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Where(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(name => long.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture))
                .Order(),
        ];

    public void Dispose() => _lock.Dispose();
}

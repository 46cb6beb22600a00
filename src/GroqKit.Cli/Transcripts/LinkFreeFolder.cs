using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace GroqKit.Cli.Transcripts;

/// <summary>A folder as patterns are matched against it, without the folders that are links: one to a folder above would be searched over and over.</summary>
internal sealed class LinkFreeFolder(DirectoryInfo folder) : DirectoryInfoBase
{
    private readonly DirectoryInfoWrapper _whole = new(folder);

    public override string Name => _whole.Name;

    public override string FullName => _whole.FullName;

    public override DirectoryInfoBase? ParentDirectory => _whole.ParentDirectory;

    public override IEnumerable<FileSystemInfoBase> EnumerateFileSystemInfos() =>
        folder
            .EnumerateFileSystemInfos()
            .Where(entry => entry is FileInfo || entry.LinkTarget is null)
            .Select(
                FileSystemInfoBase (entry) =>
                    entry is DirectoryInfo inner ? new LinkFreeFolder(inner) : new FileInfoWrapper((FileInfo)entry)
            );

    public override DirectoryInfoBase? GetDirectory(string path) => _whole.GetDirectory(path);

    public override FileInfoBase? GetFile(string path) => _whole.GetFile(path);
}

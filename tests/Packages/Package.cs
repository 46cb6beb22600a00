using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace GroqKit.Packages;

/// <summary>A package as a user gets it, read from its file.</summary>
internal sealed class Package : IDisposable
{
    // Of a PDB's records, the one that holds the source link.
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly ZipArchive _archive;
    private readonly XElement _description;

    private Package(ZipArchive archive)
    {
        _archive = archive;
        using Stream nuspec = archive
            .Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal))
            .Open();
        _description = XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    public string Id => this["id"]!;

    public string Version => this["version"]!;

    public IEnumerable<string> Files => _archive.Entries.Select(entry => entry.FullName);

    /// <summary>What its description says under a name.</summary>
    public string? this[string name] => Element(name)?.Value;

    public XElement? Element(string name) =>
        _description.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    public static Package Open(string file) => new(ZipFile.OpenRead(file));

    /// <summary>The assemblies that are ours.</summary>
    public IEnumerable<string> Assemblies =>
        Files.Where(file =>
            file.EndsWith(".dll", StringComparison.Ordinal)
            && Path.GetFileName(file).StartsWith("GroqKit", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Whether an assembly says that the same sources make the same bytes.</summary>
    public bool IsDeterministic(string assembly)
    {
        using var reader = new PEReader(Bytes(assembly));
        return reader.ReadDebugDirectory().Any(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    /// <summary>The paths of the sources of an assembly, by its symbols.</summary>
    public IReadOnlyList<string> Sources(string symbols)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(Bytes(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        return [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
    }

    /// <summary>Where the sources can be had, as the symbols say it; null when they don't.</summary>
    public string? SourceLink(string symbols)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(Bytes(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        return reader
            .CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == SourceLinkKind)
            .Select(information => System.Text.Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)))
            .SingleOrDefault();
    }

    public void Dispose() => _archive.Dispose();

    public string Text(string file) => System.Text.Encoding.UTF8.GetString(Bytes(file).ToArray());

    private MemoryStream Bytes(string file)
    {
        var bytes = new MemoryStream();
        using Stream stream = _archive.GetEntry(file)!.Open();
        stream.CopyTo(bytes);
        bytes.Position = 0;
        return bytes;
    }
}

using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace GroqKit.Gateway.Dashboard.Assets;

/// <summary>
/// Styles, scripts and fonts, out of the assembly. Their addresses hold a hash of what is in them, so that browsers keep them for good
/// and a new version is never mixed with an old one. Thread-safe.
/// </summary>
internal sealed class AssetFiles
{
    public const string Route = "/assets/{version}/{file}";

    private const string Prefix = "dashboard/";
    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly Assembly Home = typeof(AssetFiles).Assembly;

    private readonly FrozenDictionary<string, Lazy<AssetFile>> _files = Home.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => new Lazy<AssetFile>(() => Load(name)));

    private readonly Lazy<string> _version;

    public AssetFiles() => _version = new Lazy<string>(Hash);

    /// <summary>Where a file is.</summary>
    public string AddressOf(string file) => $"/assets/{_version.Value}/{file}";

    public Task SendAsync(HttpContext context)
    {
        string name = (string)context.Request.RouteValues["file"]!;
        HttpResponse response = context.Response;
        if (!_files.TryGetValue(name, out Lazy<AssetFile>? found))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        AssetFile file = found.Value;
        response.ContentType = file.Type;
        response.Headers.CacheControl = Forever;
        response.Headers.XContentTypeOptions = "nosniff";
        bool packed =
            file.Packed is not null
            && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
        if (packed)
            response.Headers.ContentEncoding = "gzip";
        response.Headers.Vary = "Accept-Encoding";
        byte[] body = packed ? file.Packed! : file.Plain;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    // The assembly's own identity changes with anything that is in it, and costs nothing to read.
    private static string Hash() =>
        Convert.ToHexStringLower(SHA256.HashData(Home.ManifestModule.ModuleVersionId.ToByteArray()))[..16];

    private static AssetFile Load(string name)
    {
        using Stream resource = Home.GetManifestResourceStream(name)!;
        using var plain = new MemoryStream();
        resource.CopyTo(plain);
        string type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "font/woff2",
        };
        return new AssetFile(type, plain.ToArray(), type == "font/woff2" ? null : Pack(plain));
    }

    private static byte[] Pack(MemoryStream plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            plain.WriteTo(gzip);
        return packed.ToArray();
    }
}

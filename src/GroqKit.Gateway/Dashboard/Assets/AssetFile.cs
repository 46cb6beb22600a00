namespace GroqKit.Gateway.Dashboard.Assets;

/// <summary>A file of the dashboard.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Plain">What is in it.</param>
/// <param name="Packed">The same by gzip; null for what is packed already.</param>
internal sealed record AssetFile(string Type, byte[] Plain, byte[]? Packed);

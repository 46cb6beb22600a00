using System.Security.Cryptography;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Infrastructure.Secrets;

/// <summary>Finds the key that protects all stored secrets.</summary>
internal static class MasterKey
{
    /// <summary>
    /// The operator's own; without one, a gateway that shares its database with no other makes one and keeps it in a file that only
    /// its owner can read.
    /// </summary>
    /// <returns>Null where nodes have to share a key and the operator has set none.</returns>
    /// <exception cref="SecretException">The file can't be read or written.</exception>
    public static byte[]? Find(GatewaySettings settings)
    {
        if (settings.MasterKey is not null || settings.MasterKeyFile is not { } path)
            return settings.MasterKey;
        try
        {
            return File.Exists(path) ? Read(path) : Create(path);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"The master key {path} can't be read or written: {denied.Message}", denied);
        }
    }

    private static byte[] Read(string path)
    {
        byte[] key = new byte[AesSecretProtector.KeyLength];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out int length) && length == key.Length
            ? key
            : throw new SecretException($"The master key {path} is damaged: it must be 32 bytes in base64.");
    }

    private static byte[] Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] key = RandomNumberGenerator.GetBytes(AesSecretProtector.KeyLength);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(path, options))
            writer.WriteLine(Convert.ToBase64String(key));
        return key;
    }
}

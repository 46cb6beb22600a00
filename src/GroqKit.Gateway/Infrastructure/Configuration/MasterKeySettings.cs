using GroqKit.Gateway.Infrastructure.Secrets;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads the keys that protect stored secrets: each as itself, or as the path of a file that holds it.</summary>
internal static class MasterKeySettings
{
    private const string MasterKeyPath = "GROQKIT_MASTER_KEY";
    private const string PreviousKeyPath = "GROQKIT_PREVIOUS_MASTER_KEY";
    private const int MaxText = 1024;

    /// <summary>The key; null where the operator has set none.</summary>
    public static byte[]? Read(SettingsReader reader) => Read(reader, MasterKeyPath);

    /// <summary>The key before it; null where secrets are not being moved from one.</summary>
    public static byte[]? ReadPrevious(SettingsReader reader) => Read(reader, PreviousKeyPath);

    private static byte[]? Read(SettingsReader reader, string path)
    {
        if (reader.Secret(path, 1, MaxText) is not { } text)
            return null;
        try
        {
            if (Path.IsPathRooted(text) && File.Exists(text))
                text = File.ReadAllText(text).Trim();
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            reader.Fail(path, $"names a file that can't be read: {denied.Message}");
            return null;
        }
        byte[] key = new byte[AesSecretProtector.KeyLength];
        if (Convert.TryFromBase64String(text, key, out int length) && length == key.Length)
            return key;
        reader.Fail(
            path,
            "must be 32 random bytes in base64, for example from 'openssl rand -base64 32', or the path of a file with them"
        );
        return null;
    }
}

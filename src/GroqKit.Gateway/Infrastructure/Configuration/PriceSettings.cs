using GroqKit.Gateway.Services.Pricing;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads what providers charge: the built-in prices, and the operator's file where there is one.</summary>
internal static class PriceSettings
{
    public const string Path = "GroqKit:Prices";

    public static PriceList Read(SettingsReader reader, string contentRoot)
    {
        if (reader.Text(Path) is not { } file)
            return PriceList.BuiltIn;
        try
        {
            string json = File.ReadAllText(System.IO.Path.GetFullPath(file, contentRoot));
            return PriceFile.Read(
                json,
                (at, reason) => reader.Fail(Path, at.Length == 0 ? $"{file} {reason}" : $"{file}: {at}: {reason}")
            );
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            reader.Fail(Path, $"'{file}' can't be read: {unreadable.Message}");
            return PriceList.BuiltIn;
        }
    }
}

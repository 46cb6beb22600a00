using GroqKit.Gateway.Services.Origins;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads the sites whose pages may talk to the gateway; one that no browser would ever name is a typing error.</summary>
internal static class OriginSettings
{
    public static AllowedOrigins Read(SettingsReader reader, string path)
    {
        var origins = new List<string>();
        foreach (string text in reader.List(path))
        {
            if (AllowedOrigins.TryParse(text, out string origin, out _))
                origins.Add(origin);
            else
                reader.Fail(
                    path,
                    $"'{text}' is not an origin: scheme, host and port, such as https://app.example or http://localhost:3000"
                );
        }
        return new AllowedOrigins(origins);
    }
}

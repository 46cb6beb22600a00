namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>What personal data is, by the word that stands in its place. Detectors of one's own may have kinds of their own.</summary>
/// <param name="Label">Upper-case ASCII letters.</param>
internal readonly record struct PersonalDataKind(string Label)
{
    public static PersonalDataKind Email { get; } = new("EMAIL");

    public static PersonalDataKind Phone { get; } = new("PHONE");

    /// <summary>The number of a payment card.</summary>
    public static PersonalDataKind Card { get; } = new("CARD");

    public static PersonalDataKind Iban { get; } = new("IBAN");

    /// <summary>A number by which a state knows a person.</summary>
    public static PersonalDataKind NationalId { get; } = new("ID");

    /// <summary>A key, token or private key.</summary>
    public static PersonalDataKind Secret { get; } = new("KEY");

    public static PersonalDataKind Ip { get; } = new("IP");
}

namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>A text field of a form.</summary>
/// <param name="Name">Its name; lists have <c>[]</c> behind it.</param>
/// <param name="Value">Its text.</param>
internal readonly record struct UploadField(string Name, string Value)
{
    /// <summary>Whether the name may stand several times.</summary>
    public bool IsList => Name.EndsWith("[]", StringComparison.Ordinal);
}

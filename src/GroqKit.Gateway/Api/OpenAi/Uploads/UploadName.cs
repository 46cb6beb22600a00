namespace GroqKit.Gateway.Api.OpenAi.Uploads;

/// <summary>Names of files, which people give and providers keep.</summary>
internal static class UploadName
{
    /// <summary>The name with what isn't to leave taken out of it; its ending, by which providers tell the format, stays.</summary>
    /// <param name="name">As the caller gave it.</param>
    /// <param name="clean">What is done with texts; null where nothing is.</param>
    public static string Clean(string name, Func<string, string, string>? clean) =>
        clean is null ? name : clean(Path.GetFileNameWithoutExtension(name), "filename") + Path.GetExtension(name);
}

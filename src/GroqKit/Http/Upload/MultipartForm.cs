using System.Net.Http.Headers;
using System.Text;

namespace GroqKit.Http;

/// <summary>Fields and a file, as a browser's form would send them. The file comes last, so that a server knows all about it by then.</summary>
internal sealed class MultipartForm(IReadOnlyList<KeyValuePair<string, string>> fields, FilePart? file) : RequestBody
{
    public override bool CanSend => file?.Source.CanOpen ?? true;

    public override HttpContent Create(Action? progressed)
    {
        string boundary = Guid.NewGuid().ToString("N");
        var form = new MultipartFormDataContent(boundary);
        // The framework puts quotes around the boundary, which some servers take as part of it.
        form.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
        foreach (var (name, value) in fields)
        {
            var field = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
            field.Headers.ContentDisposition = Disposition(name);
            form.Add(field);
        }
        if (file is not null)
        {
            var content = new UploadContent(file, progressed);
            content.Headers.ContentDisposition = Disposition("file");
            content.Headers.ContentDisposition.FileName = Quoted(file.Name);
            form.Add(content);
        }
        return form;
    }

    private static ContentDispositionHeaderValue Disposition(string name) => new("form-data") { Name = Quoted(name) };

    // The framework would write other letters as =?utf-8?B?…?=, which hides a name's extension from servers that don't decode it.
    private static string Quoted(string text) =>
        $"\"{string.Concat(text.Select(letter => letter is >= ' ' and <= '~' and not ('"' or '\\') ? letter : '_'))}\"";
}

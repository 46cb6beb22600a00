using System.Text.Json;
using GroqKit.Simulator.Errors;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GroqKit.Simulator.Http;

/// <summary>A form with files. Its other fields are given as one JSON object, so that a form and a JSON body are read by the same rules.</summary>
internal sealed record MultipartForm(Field Fields, IReadOnlyDictionary<string, UploadedFile> Files)
{
    private const int LongestBoundary = 70;
    private const string ListMark = "[]";

    /// <param name="exchange">Whose body it is.</param>
    /// <param name="numbers">Fields that hold numbers; all others hold text.</param>
    /// <exception cref="ApiException">The body is not a form, or a field comes twice.</exception>
    public static async Task<MultipartForm> ReadAsync(Exchange exchange, params string[] numbers)
    {
        var fields = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var files = new Dictionary<string, UploadedFile>(StringComparer.Ordinal);
        try
        {
            var reader = new MultipartReader(
                Boundary(exchange.Http.Request.ContentType),
                new MemoryStream(exchange.Body.ToArray())
            );
            while (await reader.ReadNextSectionAsync(exchange.Gone) is { } section)
                await ReadSectionAsync(section, fields, files, exchange.Gone);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new ApiException(ApiErrors.Invalid($"invalid multipart form: {exception.Message}", "body"));
        }

        return new MultipartForm(new Field(Json(fields, numbers), ""), files);
    }

    private static string Boundary(string? contentType)
    {
        bool isForm =
            MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        string boundary = isForm ? HeaderUtilities.RemoveQuotes(type!.Boundary).ToString() : "";
        return boundary.Length is > 0 and <= LongestBoundary
            ? boundary
            : throw new ApiException(
                ApiErrors.Invalid("the request must be multipart/form-data with a boundary", "content-type")
            );
    }

    private static async Task ReadSectionAsync(
        MultipartSection section,
        Dictionary<string, List<string>> fields,
        Dictionary<string, UploadedFile> files,
        CancellationToken cancellationToken
    )
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            throw new InvalidDataException("a part has no content-disposition");
        string name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        var bytes = new MemoryStream();
        await section.Body.CopyToAsync(bytes, cancellationToken);
        var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        if (fileName.HasValue)
        {
            if (
                !files.TryAdd(
                    name,
                    new UploadedFile(HeaderUtilities.RemoveQuotes(fileName).ToString(), bytes.ToArray())
                )
            )
                throw new ApiException(ApiErrors.Invalid($"{name} is given twice", name));
            return;
        }

        if (!fields.TryGetValue(name, out List<string>? values))
            fields[name] = values = [];
        if (values.Count > 0 && !name.EndsWith(ListMark, StringComparison.Ordinal))
            throw new ApiException(ApiErrors.Invalid($"{name} is given twice", name));
        values.Add(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static JsonElement Json(Dictionary<string, List<string>> fields, string[] numbers) =>
        JsonElement.Parse(
            JsonBuffer
                .Write(json =>
                {
                    json.WriteStartObject();
                    foreach ((string name, List<string> values) in fields)
                        WriteField(json, name, values, numbers.Contains(name));
                    json.WriteEndObject();
                })
                .ToArray()
        );

    private static void WriteField(Utf8JsonWriter json, string name, List<string> values, bool isNumber)
    {
        if (name.EndsWith(ListMark, StringComparison.Ordinal))
        {
            json.WriteStartArray(name[..^ListMark.Length]);
            foreach (string value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
        else if (isNumber && double.TryParse(values[0], out double number) && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, values[0]);
        }
    }
}

using System.Text;
using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Batches;

/// <summary>One request of a batch.</summary>
internal sealed record BatchLine(string CustomId, string Url, byte[] Body)
{
    private const int MostLines = 50_000;

    public static string[] Urls { get; } =
    ["/v1/chat/completions", "/v1/audio/transcriptions", "/v1/audio/translations"];

    /// <summary>The lines of a file, or everything that is wrong with them.</summary>
    public static IReadOnlyList<BatchLine> ReadAll(ReadOnlyMemory<byte> file, List<BatchMistake> mistakes)
    {
        List<BatchLine> lines = [];
        HashSet<string> ids = [];
        int number = 0;
        foreach (string text in Encoding.UTF8.GetString(file.Span).Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            try
            {
                BatchLine line = Read(Encoding.UTF8.GetBytes(text));
                if (!ids.Add(line.CustomId))
                    mistakes.Add(
                        new("duplicate_custom_id", $"custom_id '{line.CustomId}' is not unique", "custom_id", number)
                    );
                lines.Add(line);
            }
            catch (ApiException exception)
            {
                mistakes.Add(new("invalid_line", exception.Error.Message, exception.Error.Param, number));
            }
        }

        if (lines.Count == 0 && mistakes.Count == 0)
            mistakes.Add(new("empty_file", "the file holds no requests", null, 1));
        if (lines.Count > MostLines)
            mistakes.Add(new("too_many_lines", $"the file may hold at most {MostLines} requests", null, MostLines + 1));
        return lines;
    }

    private static BatchLine Read(byte[] text)
    {
        Field root = JsonBody.Parse(text, out JsonDocument document);
        using (document)
        {
            string id = root.Require("custom_id").NonEmptyText();
            root.Require("method").OneOf("POST");
            string url = root.Require("url").OneOf(Urls);
            Field body = root.Require("body");
            if (!body.IsObject)
                throw body.Must("be an object");
            foreach (Field field in root.Properties())
            {
                if (field.Name is not ("custom_id" or "method" or "url" or "body"))
                    throw field.Unsupported();
            }

            foreach (Field field in body.Properties())
            {
                if (field.Name is "service_tier" or "file" or "stream" && !field.IsNull)
                    throw field.Error($"{field.Path} is not supported in batches");
            }

            return new BatchLine(id, url, Encoding.UTF8.GetBytes(body.Value.GetRawText()));
        }
    }
}

using System.Buffers.Text;
using System.Text;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Reads a message's content: a string, or parts of text, pictures and documents.</summary>
internal static class ContentReader
{
    public static (string Text, int Images, int OtherTokens) Read(Field content, string role)
    {
        if (content.IsText)
            return (content.Text(), 0, 0);
        if (!content.IsArray || role is "function")
            throw content.Must(role is "function" ? "be a string" : "be a string or an array of parts");
        var text = new StringBuilder();
        int images = 0;
        int otherTokens = 0;
        foreach (Field part in content.Items(role is "assistant" ? 0 : 1, int.MaxValue))
        {
            if (!part.IsObject)
                throw part.Must("be an object");
            string type = role is "user" or "tool"
                ? part.Require("type").OneOf("text", "image_url", "document")
                : part.Require("type").OneOf("text");
            RefuseOthers(part, type);
            Field value = part.Require(type);
            if (type is "text")
                text.Append(text.Length == 0 ? "" : "\n").Append(value.Text());
            else if (type is "image_url")
                images += CheckImage(value);
            else
                otherTokens += DocumentTokens(value);
        }

        return (text.ToString(), images, otherTokens);
    }

    private static void RefuseOthers(Field part, string type)
    {
        foreach (Field field in part.Properties())
        {
            if (field.Name is not "type" && field.Name != type)
                throw field.Unsupported();
        }
    }

    private static int CheckImage(Field image)
    {
        if (!image.IsObject)
            throw image.Must("be an object");
        Field url = image.Require("url");
        foreach (Field field in image.Properties())
        {
            if (field.Name is "detail")
                field.OneOf("auto", "low", "high");
            else if (field.Name is not "url")
                throw field.Unsupported();
        }

        string text = url.Text();
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            CheckData(url, text);
        else if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw url.Must("be an https address or a data URL of an image");
        return 1;
    }

    private static void CheckData(Field url, string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        bool isImage =
            text.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)
            && comma > 0
            && text.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            && Base64.IsValid(text.AsSpan(comma + 1), out int length)
            && length > 0;
        if (!isImage)
            throw url.Error("invalid image data");
    }

    private static int DocumentTokens(Field document)
    {
        if (!document.IsObject)
            throw document.Must("be an object");
        Field data = document.Require("data");
        return data.IsObject ? TokenRule.Count(data.Value.GetRawText()) : throw data.Must("be an object");
    }
}

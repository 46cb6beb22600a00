using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Checks a document given for citation and counts its tokens.</summary>
internal static class DocumentReader
{
    public static int Tokens(Field document)
    {
        foreach (Field field in document.Properties())
        {
            if (field.Name is "id" && !field.IsNull)
                field.Text();
            else if (field.Name is not ("id" or "source"))
                throw field.Unsupported();
        }

        return SourceTokens(document.Require("source"));
    }

    private static int SourceTokens(Field source)
    {
        if (!source.IsObject)
            throw source.Must("be an object");
        string content = source.Require("type").OneOf("text", "json") is "text" ? "text" : "data";
        foreach (Field field in source.Properties())
        {
            if (field.Name is not "type" && field.Name != content)
                throw field.Unsupported();
        }

        Field value = source.Require(content);
        if (content is "text")
            return TokenRule.Count(value.Text());
        return value.IsObject ? TokenRule.Count(value.Value.GetRawText()) : throw value.Must("be an object");
    }
}

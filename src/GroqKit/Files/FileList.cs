using GroqKit.Json;

namespace GroqKit.Files;

/// <summary>The organisation's files, all of them.</summary>
public sealed record FileList : GroqResponse
{
    /// <summary><c>list</c>.</summary>
    public string Object { get; set; } = "list";

    /// <summary>The files.</summary>
    public IReadOnlyList<StoredFile> Data
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];
}

namespace GroqKit;

/// <summary>What became of a thing that was to be deleted.</summary>
public sealed record Deletion : GroqResponse
{
    /// <summary>The thing's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>What kind of thing it was: <c>file</c>, <c>model</c>, <c>fine_tuning</c>.</summary>
    public string? Object { get; set; }

    /// <summary>Whether it is gone.</summary>
    public bool Deleted { get; set; }
}

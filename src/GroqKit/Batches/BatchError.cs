namespace GroqKit.Batches;

/// <summary>What is wrong with a batch's input.</summary>
public sealed record BatchError : GroqObject
{
    /// <summary>A word for the kind of error.</summary>
    public string? Code { get; set; }

    /// <summary>For people.</summary>
    public string? Message { get; set; }

    /// <summary>The parameter at fault.</summary>
    public string? Param { get; set; }

    /// <summary>The line of the input at fault, counted from 1.</summary>
    public int? Line { get; set; }
}

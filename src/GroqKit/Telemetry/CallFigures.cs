using System.Runtime.InteropServices;

namespace GroqKit.Telemetry;

/// <summary>The figures of a call that has ended, as far as it got. Null is unknown.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallFigures
{
    /// <summary>What the server counted.</summary>
    public TokenCounts? Tokens { get; init; }

    /// <summary>The same by model, when several were at work.</summary>
    public IReadOnlyList<ModelTokens>? TokensByModel { get; init; }

    /// <summary>The model that answered, in the server's words.</summary>
    public string? ResponseModel { get; init; }

    /// <summary>Tokens of output per second of writing.</summary>
    public double? TokensPerSecond { get; init; }

    /// <summary>For a stream: from the start of the call to the first piece with output.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>For a stream: how many pieces with output came.</summary>
    public int? Chunks { get; init; }

    /// <summary>For a stream: how many characters of text came.</summary>
    public long ContentLength { get; init; }

    /// <summary>For a stream: whether its reader left before its end.</summary>
    public bool IsAbandoned { get; init; }
}

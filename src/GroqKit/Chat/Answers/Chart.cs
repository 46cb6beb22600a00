using System.Text.Json;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>A chart that code drew, as data.</summary>
public sealed record Chart : GroqObject
{
    /// <summary>Its kind.</summary>
    public ChartType Type { get; set; } = ChartType.Unknown;

    /// <summary>Its title.</summary>
    public string? Title { get; set; }

    /// <summary>What x is.</summary>
    public string? XLabel { get; set; }

    /// <summary>What y is.</summary>
    public string? YLabel { get; set; }

    /// <summary>The unit of x.</summary>
    public string? XUnit { get; set; }

    /// <summary>The unit of y.</summary>
    public string? YUnit { get; set; }

    /// <summary>Ticks of x; numbers as a rule.</summary>
    public IReadOnlyList<JsonElement>? XTicks { get; set; }

    /// <summary>Ticks of y; numbers as a rule.</summary>
    public IReadOnlyList<JsonElement>? YTicks { get; set; }

    /// <summary>Labels of the ticks of x.</summary>
    public IReadOnlyList<string>? XTickLabels
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Labels of the ticks of y.</summary>
    public IReadOnlyList<string>? YTickLabels
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>The scale of x.</summary>
    public string? XScale { get; set; }

    /// <summary>The scale of y.</summary>
    public string? YScale { get; set; }

    /// <summary>Its series, points, slices or charts.</summary>
    public IReadOnlyList<ChartElement>? Elements
    {
        get;
        set => field = AnswerList.Whole(value);
    }
}

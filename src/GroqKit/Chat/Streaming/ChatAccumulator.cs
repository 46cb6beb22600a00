using System.Text.Json;
using GroqKit.Telemetry;

namespace GroqKit.Chat;

/// <summary>Builds the whole answer from its pieces.</summary>
internal sealed class ChatAccumulator
{
    private readonly List<ChoiceAccumulator> _choices = [];
    private ChatChunk? _first;
    private string? _fingerprint;
    private ServiceTier? _tier;
    private UsageBreakdown? _breakdown;
    private IReadOnlyList<McpToolList>? _mcpListTools;
    private XGroq? _xGroq;
    private Dictionary<string, JsonElement>? _others;

    public ChatUsage? Usage { get; private set; }

    public CallFigures Figures =>
        new()
        {
            Tokens = Usage?.Counts,
            TokensByModel = _breakdown?.Counts,
            ResponseModel = _first?.Model is { Length: > 0 } model ? model : null,
        };

    /// <summary>Whether an answer has given its finish reason.</summary>
    public bool IsFinished => _choices.Exists(choice => choice.FinishReason is not null);

    public void Add(ChatChunk chunk)
    {
        _first ??= chunk;
        IReadOnlyList<ChatChunkChoice> choices = chunk.Choices;
        for (int i = 0; i < choices?.Count; i++)
            Find(choices[i].Index).Add(choices[i]);
        _fingerprint = chunk.SystemFingerprint ?? _fingerprint;
        if (chunk.ServiceTier is not null)
            _tier = chunk.ServiceTier;
        if (chunk.McpListTools is not null)
            _mcpListTools = chunk.McpListTools;
        if (chunk.UsageBreakdown is not null)
            _breakdown = chunk.UsageBreakdown;
        if (chunk.Usage is not null)
            Usage = Larger(Usage, chunk.Usage);
        if (chunk.XGroq is not null)
            Add(chunk.XGroq);
        if (chunk.AdditionalProperties is not null)
            Merge(ref _others, chunk.AdditionalProperties);
    }

    /// <summary>What has come so far, as if it were the whole.</summary>
    public ChatCompletion Build() =>
        new()
        {
            Id = _first?.Id ?? "",
            Created = _first?.Created ?? 0,
            Model = _first?.Model ?? "",
            Choices = [.. _choices.OrderBy(choice => choice.Index).Select(choice => choice.Build())],
            Usage = Usage,
            UsageBreakdown = _breakdown,
            SystemFingerprint = _fingerprint,
            ServiceTier = _tier,
            McpListTools = _mcpListTools,
            XGroq = _xGroq,
            AdditionalProperties = _others,
        };

    internal static void Merge(ref Dictionary<string, JsonElement>? all, Dictionary<string, JsonElement> more)
    {
        all ??= [];
        foreach (var (name, value) in more)
            all[name] = value;
    }

    // The figures come up to three times; they are the same ones, possibly incomplete at first.
    private static ChatUsage Larger(ChatUsage? one, ChatUsage other) =>
        one is null || other.TotalTokens >= one.TotalTokens ? other : one;

    private void Add(XGroq more)
    {
        if (more.Usage is not null)
            Usage = Larger(Usage, more.Usage);
        if (more.UsageBreakdown is not null)
            _breakdown = more.UsageBreakdown;
        XGroq all = _xGroq ??= new XGroq();
        all.Id ??= more.Id;
        all.Seed ??= more.Seed;
        all.Error ??= more.Error;
        all.Debug = more.Debug ?? all.Debug;
        if (more.AdditionalProperties is not null)
        {
            Dictionary<string, JsonElement>? others = all.AdditionalProperties;
            Merge(ref others, more.AdditionalProperties);
            all.AdditionalProperties = others;
        }
    }

    private ChoiceAccumulator Find(int index)
    {
        foreach (ChoiceAccumulator choice in _choices)
        {
            if (choice.Index == index)
                return choice;
        }
        var added = new ChoiceAccumulator(index);
        _choices.Add(added);
        return added;
    }
}

using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>What a realtime session begins with.</summary>
public sealed record RealtimeOptions
{
    /// <summary>The name of the model, or agent, that callers see.</summary>
    public required string Model { get; init; }

    /// <summary>What the system is told before a caller says otherwise; null for nothing.</summary>
    public string? Instructions { get; init; }

    /// <summary>What the caller's session was set to beforehand, as <c>session.update</c> says it; null for nothing.</summary>
    internal JsonObject? Session { get; init; }

    /// <summary>
    /// Speech has to last so long before it ends an answer that is made or heard: a shorter word of assent is passed over, and nothing is told of it.
    /// Zero, the default: at once, as OpenAI does.
    /// </summary>
    public TimeSpan MinInterruption { get; init; }

    /// <summary>How turns are held; the session chooses the form of the sound.</summary>
    public VoiceOptions Voice { get; init; } = new();

    /// <summary>Makes the clients of an answer for the settings of the moment.</summary>
    public required Func<RealtimeSettings, VoiceClients> Clients { get; init; }

    /// <summary>Told of every answer and every recording that was heard, when it ended: for accounts. Not called twice at once.</summary>
    public Func<VoiceUsage, VoiceTimings, VoiceOutcome, ValueTask> Ended { get; init; } = static (_, _, _) => default;

    /// <summary>Asked before an answer begins; raises a <see cref="VoiceException"/> to refuse it.</summary>
    public Func<CancellationToken, ValueTask> Admit { get; init; } = static _ => default;

    /// <summary>Told of faults that are neither the caller's nor a provider's, for a log; the caller is told that there was one. May be called by several threads.</summary>
    public Action<Exception> Faulted { get; init; } = static _ => { };

    /// <summary>A pipeline for the settings of the moment.</summary>
    internal VoicePipeline PipelineFor(RealtimeSettings settings, TimeProvider time)
    {
        VoiceClients clients = Clients(settings);
        ChatOptions answering = clients.AnswerOptions?.Clone() ?? new ChatOptions();
        if (settings.Tools.Count > 0)
            answering.Tools = [.. settings.Tools];
        answering.ToolMode = settings.ToolChoice ?? answering.ToolMode;
        answering.AllowMultipleToolCalls = settings.CallsSeveralTools ?? answering.AllowMultipleToolCalls;
        if (settings.Effort is { } effort)
            answering.Reasoning = new ReasoningOptions { Effort = effort };
        answering.MaxOutputTokens = settings.MaxOutputTokens ?? answering.MaxOutputTokens;
        return new VoicePipeline(
            clients with
            {
                AnswerOptions = answering,
                TextToSpeech = settings.SpeaksAudio ? clients.TextToSpeech : null,
            },
            Voice with
            {
                Output = settings.OutputFormat,
                // Each piece is written down before the next is read.
                LendsSound = true,
            },
            time
        );
    }
}

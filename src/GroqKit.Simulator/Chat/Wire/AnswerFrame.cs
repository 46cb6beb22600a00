using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.Chat.Wire;

/// <summary>What every object of one answer repeats.</summary>
internal sealed record AnswerFrame(
    string CompletionId,
    string RequestId,
    long Created,
    string Fingerprint,
    long Seed,
    Model Model,
    ChatAnswer Answer
);

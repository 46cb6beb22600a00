using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>What chats share.</summary>
internal sealed record ChatCallParts(
    UpstreamClient Upstream,
    Deadlines Deadlines,
    WholeAnswerRelay WholeAnswers,
    StreamRelay Streams,
    TimeProvider Time
);

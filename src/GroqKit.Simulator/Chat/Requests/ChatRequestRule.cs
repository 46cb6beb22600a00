using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>How one property of the request is read. A property that may be null is not read when it is.</summary>
internal sealed record ChatRequestRule(Action<ChatRequest, Field> Read, bool MayBeNull = true);

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>The headers that the gateway adds to its answers.</summary>
internal static class GatewayHeaders
{
    public const string RequestId = "x-request-id";
    public const string Provider = "x-groqkit-provider";
    public const string Conversation = "x-groqkit-conversation";
    public const string User = "x-groqkit-user";
    public const string Cost = "x-groqkit-cost";
    public const string Agent = "x-groqkit-agent";
    public const string Cache = "x-groqkit-cache";
    public const string Fallback = "x-groqkit-fallback";
    public const string Dropped = "x-groqkit-dropped";
    public const string Unavailable = "x-groqkit-unavailable";
    public const string OnBreak = "x-groqkit-on-break";
    public const string Model = "x-groqkit-model";
    public const string Choice = "x-groqkit-choice";
    public const string Screening = "x-groqkit-screening";
    public const string Unmask = "x-groqkit-unmask";
    public const string Turn = "x-groqkit-turn";
}

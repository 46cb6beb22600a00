namespace GroqKit.Gateway.Services.Errors;

/// <summary>One refusal or failure as the caller sees it: a status and the members of OpenAI's error object.</summary>
/// <param name="Status">HTTP status, 400 to 599.</param>
/// <param name="Type">The family, one of <see cref="ErrorTypes"/>.</param>
/// <param name="Code">The stable name that programs compare.</param>
/// <param name="Message">One sentence or two for a person. Never holds a secret, an address or a stack.</param>
/// <param name="Param">The request field at fault, for example <c>messages[1].role</c>; null when no field is.</param>
internal sealed record GatewayError(int Status, string Type, string Code, string Message, string? Param = null);

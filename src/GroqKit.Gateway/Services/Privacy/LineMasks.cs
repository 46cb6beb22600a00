namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What the placeholders of one line of a file stand for.</summary>
/// <param name="Line">The line's <c>custom_id</c>.</param>
/// <param name="EndUser">On whose behalf it is asked, as far as the line says.</param>
/// <param name="Values">The values by their placeholders.</param>
internal sealed record LineMasks(string Line, string? EndUser, IReadOnlyDictionary<string, string> Values);

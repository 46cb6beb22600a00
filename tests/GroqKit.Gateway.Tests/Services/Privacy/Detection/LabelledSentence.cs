using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Gateway.Tests.Services.Privacy.Detection;

/// <summary>A sentence and what is personal in it.</summary>
/// <param name="Language">Two letters.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Labels">Each value as it stands in the text.</param>
internal sealed record LabelledSentence(
    string Language,
    string Text,
    IReadOnlyList<(string Value, PersonalDataKind Kind)> Labels
);

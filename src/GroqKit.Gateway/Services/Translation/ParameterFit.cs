using System.Text;
using System.Text.Json;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>Applies the table of parameters to one request.</summary>
internal static class ParameterFit
{
    /// <returns>The parameters that were left out or changed, as the caller is told; empty for most requests.</returns>
    public static IReadOnlyList<string> Apply(JsonRequest request, JsonEdits edits, IReadOnlyList<ParameterRule> rules)
    {
        List<string>? told = null;
        foreach (ParameterRule rule in rules)
        {
            if (request.Find(rule.Name) is { } member && Apply(rule, request, member, edits) is { } change)
                (told ??= []).Add(change);
        }
        return told ?? (IReadOnlyList<string>)[];
    }

    private static string? Apply(ParameterRule rule, JsonRequest request, JsonMember member, JsonEdits edits)
    {
        if (rule.Members.Count > 0)
            return Keep(rule, member, edits);
        if (rule.NewName is { } newName)
        {
            edits.Rename(rule.Name, newName);
            return $"{rule.Name}={newName}";
        }
        if (rule.Words.Count == 0)
        {
            edits.Remove(rule.Name);
            return rule.Name;
        }
        if (request.Text(rule.Name) is not { } word || !rule.Words.TryGetValue(word, out string? theirs))
            return null;
        if (theirs is null)
        {
            edits.Remove(rule.Name);
            return rule.Name;
        }
        edits.Set(rule.Name, Encoding.UTF8.GetBytes($"\"{theirs}\""));
        return $"{rule.Name}={theirs}";
    }

    private static string? Keep(ParameterRule rule, JsonMember member, JsonEdits edits)
    {
        if (member.Value.Span[0] != '{')
            return null;
        JsonRequest inner = JsonRequest.Read(member.Value);
        string[] lost = [.. inner.Members.Select(entry => entry.Name).Except(rule.Members, StringComparer.Ordinal)];
        if (lost.Length == 0)
            return null;
        if (lost.Length == inner.Members.Count)
        {
            edits.Remove(rule.Name);
            return rule.Name;
        }
        var kept = new MemoryStream();
        using (var json = new Utf8JsonWriter(kept))
        {
            json.WriteStartObject();
            foreach (JsonMember entry in inner.Members.Where(entry => rule.Members.Contains(entry.Name)))
            {
                json.WritePropertyName(entry.Name);
                json.WriteRawValue(entry.Value.Span, skipInputValidation: true);
            }
            json.WriteEndObject();
        }
        edits.Set(rule.Name, kept.ToArray());
        return string.Join(", ", lost.Where(IsPlain).Select(name => $"{rule.Name}.{name}"));
    }

    /// <summary>Whether a name can stand in a header as it is.</summary>
    public static bool IsPlain(string name) =>
        name.Length < 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

using System.Diagnostics.CodeAnalysis;

namespace GroqKit.Json;

/// <summary>
/// Lists as servers send them. Now and then one holds null, which says nothing; whoever reads an answer shall not have to look for it.
/// </summary>
internal static class AnswerList
{
    /// <summary>The list without nulls.</summary>
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Whole<T>(IReadOnlyList<T>? list)
    {
        for (int i = 0; i < list?.Count; i++)
        {
            if (list[i] is null)
                return [.. list.OfType<T>()];
        }
        return list;
    }
}

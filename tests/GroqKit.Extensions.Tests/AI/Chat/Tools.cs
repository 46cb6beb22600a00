using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Chat;

internal static class Tools
{
    /// <summary>A function that the model may ask for, and nobody here runs.</summary>
    public static AIFunctionDeclaration Add { get; } =
        AIFunctionFactory.CreateDeclaration(
            "add",
            "Adds.",
            JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"integer","minimum":1}}}""")
        );
}

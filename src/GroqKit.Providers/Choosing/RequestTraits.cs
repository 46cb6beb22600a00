using GroqKit.Chat;
using Microsoft.Extensions.AI;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace GroqKit.Providers.Choosing;

/// <summary>
/// What a request for chat needs of a model, told without asking one. Made of the ecosystem's types by <see cref="Of"/>, or member by member by
/// whoever has the request in another form. Immutable.
/// </summary>
public sealed record RequestTraits
{
    /// <summary>Tokens that a picture counts for: 2,048, the most that one takes.</summary>
    public const int TokensOfImage = 2048;

    private const int PerMessage = 4;

    /// <summary>Tokens of input, estimated; not negative.</summary>
    public int InputTokens { get; init; }

    /// <summary>The most output that is asked for; null: the caller set no bound.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether a picture is among the input.</summary>
    public bool NeedsVision { get; init; }

    /// <summary>Whether functions may be called.</summary>
    public bool NeedsTools { get; init; }

    /// <summary>Whether the answer has to follow a schema.</summary>
    public bool NeedsSchema { get; init; }

    /// <summary>Whether the schema has to be kept to the letter, as the model's vendor warrants it.</summary>
    public bool NeedsStrictSchema { get; init; }

    /// <summary>Whether the input holds program code, by <see cref="CodeSigns"/>.</summary>
    public bool HasCode { get; init; }

    /// <summary>Looks at a request.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The options; <c>strict</c> among their additional properties demands that a schema is kept to the letter.</param>
    public static RequestTraits Of(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        long tokens = TokenEstimate.Count(options?.Instructions);
        bool vision = false;
        bool code = false;
        foreach (ChatMessage message in messages)
        {
            ArgumentNullException.ThrowIfNull(message, nameof(messages));
            string text = message.Text;
            tokens += PerMessage + TokenEstimate.Count(text);
            code = code || CodeSigns.AreIn(text);
            foreach (AIContent content in message.Contents)
            {
                if (!IsImage(content))
                    continue;
                vision = true;
                tokens += TokensOfImage;
            }
        }
        foreach (AITool tool in options?.Tools ?? [])
            tokens += TokenEstimate.Count(tool.Name) + TokenEstimate.Count(tool.Description);
        bool schema = options?.ResponseFormat is ChatResponseFormatJson { Schema: not null };
        return new RequestTraits
        {
            InputTokens = (int)Math.Min(tokens, int.MaxValue),
            MaxOutputTokens = options?.MaxOutputTokens,
            NeedsVision = vision,
            NeedsTools = options?.Tools is { Count: > 0 },
            NeedsSchema = schema,
            NeedsStrictSchema = schema && options?.AdditionalProperties?.GetValueOrDefault("strict") is true,
            HasCode = code,
        };
    }

    private static bool IsImage(AIContent content) =>
        content switch
        {
            DataContent data => data.HasTopLevelMediaType("image"),
            UriContent link => link.HasTopLevelMediaType("image"),
            _ => false,
        };
}

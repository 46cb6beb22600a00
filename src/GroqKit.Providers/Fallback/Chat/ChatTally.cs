using System.Text;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>Counts a streamed chat answer: text, reasoning, calls of functions, usage.</summary>
/// <param name="prefix">What attempts before this one delivered.</param>
internal sealed class ChatTally(string prefix) : OutputTally<ChatResponseUpdate>
{
    private readonly StringBuilder _text = new(prefix);
    private bool _finished;
    private bool _useful;

    /// <summary>The text of the answer so far, of all attempts.</summary>
    public string Text => _text.ToString();

    public bool HasText => _text.Length > 0;

    /// <summary>Whether anything came that can't be carried over to another model: calls of functions, images, sound.</summary>
    public bool HasMore { get; private set; }

    public override bool Add(ChatResponseUpdate item)
    {
        bool useful = false;
        IList<AIContent> contents = item.Contents;
        for (int index = 0; index < contents.Count; index++)
        {
            switch (contents[index])
            {
                case TextContent { Text.Length: > 0 } text:
                    _text.Append(text.Text);
                    useful = true;
                    break;
                case TextReasoningContent { Text.Length: > 0 }:
                    useful = true;
                    break;
                case UsageContent usage:
                    Usage = usage.Details;
                    break;
                case ErrorContent error:
                    throw new ProviderException(
                        ProviderFailure.Server,
                        error.Message ?? "The answer holds an error.",
                        new ProviderFailureDetails { Code = error.ErrorCode }
                    );
                case TextContent or TextReasoningContent:
                    break;
                default:
                    HasMore = true;
                    useful = true;
                    break;
            }
        }
        _finished |= item.FinishReason is not null;
        _useful |= useful;
        return useful;
    }

    public override ProviderException? FindFault() =>
        _useful || _finished
            ? null
            : new ProviderException(ProviderFailure.Malformed, "The stream ended without an answer.");
}

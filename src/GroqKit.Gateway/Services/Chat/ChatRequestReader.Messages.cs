using System.Text.Json;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Chat;

internal ref partial struct ChatRequestReader
{
    private void ReadMessages()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
            throw RequestErrors.WrongType("messages", "an array of messages");
        int start = (int)_json.TokenStartIndex;
        int count = 0;
        for (; _json.Read() && _json.TokenType != JsonTokenType.EndArray; count++)
            ReadMessage(count);
        if (count == 0)
            throw RequestErrors.WrongValue("messages", "is empty; at least one message is needed");
        _hasMessages = true;
        _messagesEnd = (int)_json.TokenStartIndex;
        _promptBytes = (int)_json.BytesConsumed - start;
    }

    private void ReadMessage(int index)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw RequestErrors.WrongType($"messages[{index}]", "an object");
        bool hasRole = false;
        bool hasContent = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("role"u8))
            {
                if (hasRole)
                    throw RequestErrors.Duplicate($"messages[{index}].role");
                ReadRole(index);
                hasRole = true;
            }
            else if (_json.ValueTextEquals("content"u8))
            {
                if (hasContent)
                    throw RequestErrors.Duplicate($"messages[{index}].content");
                ReadContent(index);
                hasContent = true;
            }
            else
            {
                _json.Skip();
            }
        }
        if (!hasRole)
            throw RequestErrors.Missing($"messages[{index}].role");
    }

    private void ReadRole(int index)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
            throw RequestErrors.WrongType($"messages[{index}].role", "a string");
        bool known =
            _json.ValueTextEquals("user"u8)
            || _json.ValueTextEquals("assistant"u8)
            || _json.ValueTextEquals("system"u8)
            || _json.ValueTextEquals("developer"u8)
            || _json.ValueTextEquals("tool"u8)
            || _json.ValueTextEquals("function"u8);
        if (!known)
        {
            throw RequestErrors.WrongValue(
                $"messages[{index}].role",
                "must be one of system, developer, user, assistant, tool and function"
            );
        }
    }

    private void ReadContent(int index)
    {
        _json.Read();
        switch (_json.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.Null:
                return;
            case JsonTokenType.StartArray:
                for (int part = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; part++)
                    ReadPart(index, part);
                return;
            default:
                throw RequestErrors.WrongType($"messages[{index}].content", "a string, an array of parts, or null");
        }
    }

    private void ReadPart(int message, int part)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw RequestErrors.WrongType($"messages[{message}].content[{part}]", "an object");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            _hasImages |= _json.ValueTextEquals("image_url"u8);
            _json.Skip();
        }
    }
}

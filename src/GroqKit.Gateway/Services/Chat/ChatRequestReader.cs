using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Chat;

/// <summary>
/// Reads a chat request once, front to back, without building anything: finds what routing needs and refuses what no provider
/// should be asked. Members it doesn't know are the provider's to judge.
/// </summary>
internal ref partial struct ChatRequestReader
{
    // Known parameters are about forty; the bound keeps the search for duplicates short.
    private const int MaxMembers = 128;
    private const int MaxTools = 128;
    private const int MaxDepth = 64;
    private const int MaxChoices = 128;

    // No model writes nearly as much; larger numbers would only overflow sums.
    private const long MaxCount = int.MaxValue;

    private static readonly FrozenSet<ulong> Unshared = ParameterTable
        .ChatNames.Select(name => Fnv1a(Encoding.UTF8.GetBytes(name)))
        .ToFrozenSet();

    private readonly ReadOnlySpan<byte> _body;
    private Utf8JsonReader _json;
    private Range _model;
    private byte[]? _unescapedModel;
    private bool _stream;
    private bool _hasImages;
    private bool _hasUnshared;
    private bool _hasFunctions;
    private bool _hasSchema;
    private bool _hasModel;
    private bool _hasMessages;
    private int _promptBytes;
    private long? _maxTokens;
    private long? _maxCompletionTokens;
    private long? _choices;
    private int _messagesEnd;
    private UsageOption _usage;
    private string? _user;

    private ChatRequestReader(ReadOnlySpan<byte> body)
    {
        _body = body;
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <param name="body">The request's JSON.</param>
    /// <param name="needsModel">False where the model is chosen by other means, so that the body may leave it out.</param>
    /// <exception cref="GatewayException">The body is not a chat request; the error names the field.</exception>
    public static ChatRequest Read(ReadOnlySpan<byte> body, bool needsModel = true)
    {
        JsonText.Check(body);
        var reader = new ChatRequestReader(body);
        try
        {
            return reader.ReadRoot(needsModel);
        }
        catch (JsonException broken)
        {
            throw reader.Invalid(broken);
        }
    }

    private ChatRequest ReadRoot(bool needsModel)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw RequestErrors.InvalidJson("The body must be a JSON object.");
        Span<ulong> seen = stackalloc ulong[MaxMembers];
        int members = 0;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (members == MaxMembers)
                throw RequestErrors.InvalidJson($"The body has more than {MaxMembers} members.");
            ulong name = HashOfName();
            if (seen[..members].Contains(name))
                throw RequestErrors.Duplicate(_json.GetString()!);
            seen[members++] = name;
            _hasUnshared |= Unshared.Contains(name);
            ReadMember();
        }
        // Anything but white space after the object is an error that only one more read finds.
        _json.Read();
        if (!_hasModel && needsModel)
            throw RequestErrors.Missing("model");
        if (!_hasMessages)
            throw RequestErrors.Missing("messages");
        return new ChatRequest(
            _model,
            _unescapedModel,
            _stream,
            _hasImages,
            _promptBytes,
            _maxCompletionTokens ?? _maxTokens,
            (int)Math.Clamp(_choices ?? 1, 1, MaxChoices),
            _messagesEnd,
            _usage,
            _user
        )
        {
            HasUnshared = _hasUnshared,
            HasFunctions = _hasFunctions,
            HasSchema = _hasSchema,
        };
    }

    private void ReadMember()
    {
        if (_json.ValueTextEquals("model"u8))
            ReadModel();
        else if (_json.ValueTextEquals("messages"u8))
            ReadMessages();
        else if (_json.ValueTextEquals("stream"u8))
            _stream = ReadFlag("stream");
        else if (_json.ValueTextEquals("stream_options"u8))
            ReadStreamOptions();
        else if (_json.ValueTextEquals("temperature"u8))
            ReadNumber("temperature", 2);
        else if (_json.ValueTextEquals("top_p"u8))
            ReadNumber("top_p", 1);
        else if (_json.ValueTextEquals("max_tokens"u8))
            _maxTokens = ReadCount("max_tokens");
        else if (_json.ValueTextEquals("max_completion_tokens"u8))
            _maxCompletionTokens = ReadCount("max_completion_tokens");
        else if (_json.ValueTextEquals("n"u8))
            _choices = ReadCount("n");
        else if (_json.ValueTextEquals("user"u8))
            ReadUser();
        else if (_json.ValueTextEquals("tools"u8))
            ReadTools("tools");
        else if (_json.ValueTextEquals("functions"u8))
            ReadTools("functions");
        else if (_json.ValueTextEquals("response_format"u8))
            ReadFormat();
        else
            _json.Skip();
    }

    private void ReadModel()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
            throw RequestErrors.WrongType("model", "a string");
        if (_json.ValueSpan.IsEmpty)
            throw RequestErrors.WrongValue("model", "is empty");
        _hasModel = true;
        _model = (int)_json.TokenStartIndex..(int)_json.BytesConsumed;
        if (!_json.ValueIsEscaped)
            return;
        byte[] unescaped = new byte[_json.ValueSpan.Length];
        _unescapedModel = unescaped[.._json.CopyString(unescaped)];
    }

    private bool ReadFlag(string name)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw RequestErrors.WrongType(name, "true, false or null"),
        };
    }

    private void ReadStreamOptions()
    {
        _json.Read();
        int start = (int)_json.TokenStartIndex;
        if (_json.TokenType == JsonTokenType.Null)
        {
            _usage = new UsageOption(false, start, (int)_json.BytesConsumed, UsageForm.NullOptions);
            return;
        }
        if (_json.TokenType != JsonTokenType.StartObject)
            throw RequestErrors.WrongType("stream_options", "an object or null");
        int inside = (int)_json.BytesConsumed;
        _usage = new UsageOption(false, inside, inside, UsageForm.EmptyOptions);
        bool said = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!_json.ValueTextEquals("include_usage"u8))
            {
                _hasUnshared = true;
                _json.Skip();
                if (!said)
                    _usage = _usage with { Form = UsageForm.OtherOptions };
                continue;
            }
            if (said)
                throw RequestErrors.Duplicate("stream_options.include_usage");
            said = true;
            bool isOn = ReadFlag("stream_options.include_usage");
            _usage = new UsageOption(isOn, (int)_json.TokenStartIndex, (int)_json.BytesConsumed, UsageForm.Said);
        }
    }

    private void ReadNumber(string name, int max)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
            return;
        if (_json.TokenType != JsonTokenType.Number)
            throw RequestErrors.WrongType(name, "a number or null");
        if (!_json.TryGetDouble(out double value) || !(value >= 0 && value <= max))
            throw RequestErrors.WrongValue(name, $"must be between 0 and {max}");
    }

    private long? ReadCount(string name)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
            return null;
        if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long value))
            throw RequestErrors.WrongType(name, "a whole number or null");
        return value is >= 0 and <= MaxCount
            ? value
            : throw RequestErrors.WrongValue(name, $"must be from 0 to {MaxCount}");
    }

    private void ReadUser()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
            return;
        if (_json.TokenType != JsonTokenType.String)
            throw RequestErrors.WrongType("user", "a string or null");
        _user = CallLabels.Check(_json.GetString(), "user");
    }

    private void ReadTools(string name)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
            return;
        if (_json.TokenType != JsonTokenType.StartArray)
            throw RequestErrors.WrongType(name, "an array or null");
        for (int count = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count == MaxTools)
                throw RequestErrors.TooMany(name, MaxTools);
            if (_json.TokenType != JsonTokenType.StartObject)
                throw RequestErrors.WrongType($"{name}[{count}]", "an object");
            // A tool without a type is one of the older functions.
            _hasFunctions |= ReadType("function"u8) ?? true;
        }
    }

    private void ReadFormat()
    {
        _json.Read();
        // Anything else is the provider's to judge.
        if (_json.TokenType == JsonTokenType.StartObject)
            _hasSchema = ReadType("json_schema"u8) is true;
        else
            _json.Skip();
    }

    /// <summary>Reads an object to its end.</summary>
    /// <returns>Whether its type is that; null when it has none.</returns>
    private bool? ReadType(ReadOnlySpan<byte> wanted)
    {
        bool? found = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = _json.ValueTextEquals("type"u8);
            _json.Read();
            if (isType)
                found = _json.TokenType == JsonTokenType.String && _json.ValueTextEquals(wanted);
            _json.Skip();
        }
        return found;
    }

    // Escaped and plain spellings of a name are the same name, so the hash is over the unescaped bytes.
    private readonly ulong HashOfName()
    {
        if (!_json.ValueIsEscaped)
            return Fnv1a(_json.ValueSpan);
        byte[] unescaped = new byte[_json.ValueSpan.Length];
        return Fnv1a(unescaped.AsSpan(0, _json.CopyString(unescaped)));
    }

    private static ulong Fnv1a(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in bytes)
            hash = (hash ^ b) * 1099511628211;
        return hash;
    }

    private readonly GatewayException Invalid(JsonException broken) =>
        JsonText.DepthOf(_json) >= MaxDepth
            ? RequestErrors.InvalidJson($"The body is nested deeper than {MaxDepth} levels.")
            : RequestErrors.InvalidJson(
                $"The body is not valid JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1})."
            );
}

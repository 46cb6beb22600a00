namespace GroqKit.Gateway.Services.Limits;

/// <summary>What a limit counts.</summary>
internal enum LimitUnit
{
    /// <summary>Calls.</summary>
    Requests,

    /// <summary>Prompt and completion tokens together.</summary>
    Tokens,

    /// <summary>Seconds of audio sent or spoken, to a thousandth.</summary>
    AudioSeconds,

    /// <summary>Characters of text to speak.</summary>
    Characters,

    /// <summary>US dollars, to a billionth.</summary>
    Cost,
}

using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Sees the bytes of an answer go by.</summary>
internal interface IBytesWatch
{
    /// <returns>What of the piece goes out; may be empty.</returns>
    ReadOnlyMemory<byte> Pass(ReadOnlyMemory<byte> piece);

    /// <summary>What goes out behind the last piece; may be empty.</summary>
    ReadOnlyMemory<byte> End();

    /// <summary>Tells the account what went by so far.</summary>
    void Account(RequestMeter meter);
}

using System.Buffers;
using System.Globalization;
using System.Text;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Voice;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>
/// Writes the sound of a turn and, behind it, what was understood and answered, where the protocol has a place there. The server has one in HTTP/2;
/// the chunks of HTTP/1.1 it ends itself, with nothing behind them, so that they are written here. One at a time.
/// </summary>
internal sealed class SoundWriter
{
    private const string Transcript = "x-groqkit-transcript";
    private const string Answer = "x-groqkit-answer";
    private const string Outcome = "x-groqkit-outcome";

    // Readers have a bound for all headers together, of which eight thousand bytes are usual.
    private const int Longest = 3_000;
    private const string Cut = "%E2%80%A6";

    private readonly HttpResponse _response;
    private readonly bool _writesChunks;

    /// <param name="response">The answer, which must not have begun.</param>
    public SoundWriter(HttpResponse response)
    {
        _response = response;
        HttpContext context = response.HttpContext;
        // Whoever copies the answer copies what is written, which has to be the sound alone.
        bool isCopied = context.Features.Get<IHttpResponseBodyFeature>() is ResponseTap;
        _writesChunks = !response.SupportsTrailers() && !isCopied && HttpProtocol.IsHttp11(context.Request.Protocol);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> sound, CancellationToken cancellationToken)
    {
        if (!_response.HasStarted)
            Announce();
        if (_writesChunks && !sound.IsEmpty)
        {
            Write(sound.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
            _response.BodyWriter.Write(sound.Span);
            Write("\r\n");
        }
        else
        {
            _response.BodyWriter.Write(sound.Span);
        }
        await _response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>Ends the answer with what came of the turn.</summary>
    public async ValueTask EndAsync(TurnRecord turn, CancellationToken cancellationToken)
    {
        // Nothing was said.
        if (!_response.HasStarted)
            Announce();
        var words = new List<KeyValuePair<string, string>>();
        if (turn.Transcript is { } transcript)
            words.Add(new(Transcript, Encode(transcript)));
        words.Add(new(Answer, Encode(turn.Answer)));
        if (turn.Outcome is { } outcome)
            words.Add(new(Outcome, VoiceJson.NameOf(outcome)));
        if (_writesChunks)
        {
            Write("0\r\n");
            foreach ((string name, string value) in words)
                Write($"{name}: {value}\r\n");
            Write("\r\n");
            await _response.BodyWriter.FlushAsync(cancellationToken);
        }
        else if (_response.SupportsTrailers())
        {
            foreach ((string name, string value) in words)
                _response.AppendTrailer(name, value);
        }
    }

    private void Announce()
    {
        if (_writesChunks)
            _response.Headers.TransferEncoding = "chunked";
        else if (!_response.SupportsTrailers())
            return;
        _response.Headers.Trailer = new([Transcript, Answer, Outcome]);
    }

    private void Write(string text) => Encoding.ASCII.GetBytes(text, _response.BodyWriter);

    private static string Encode(string text)
    {
        var encoded = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            string next = Uri.EscapeDataString(rune.ToString());
            if (encoded.Length + next.Length > Longest - Cut.Length)
                return encoded.Append(Cut).ToString();
            encoded.Append(next);
        }
        return encoded.ToString();
    }
}

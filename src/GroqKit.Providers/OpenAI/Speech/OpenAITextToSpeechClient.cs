using System.Buffers;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GroqKit.Extensions.AI;
using GroqKit.Providers.Http;
using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Speech;

/// <summary>OpenAI's voices. Language comes from the text; <c>instructions</c> is read from the additional properties. Safe for all threads.</summary>
internal sealed class OpenAITextToSpeechClient(
    ProviderHttp http,
    ProviderCall site,
    Uri address,
    VoiceNames voices,
    bool namesVoice
) : ITextToSpeechClient
{
    private const int MaxCharacters = 4096;
    private const string DefaultVoice = "alloy";
    private const int PcmRate = 24_000;

    private static readonly string[] Formats = ["mp3", "opus", "aac", "flac", "wav", "pcm"];

    private readonly TextToSpeechClientMetadata _metadata = new("openai", site.Connection.Address, site.Model);

    public async Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        (ProviderCall call, string form, ReadOnlyMemory<byte> body) = Write(text, options);
        (byte[] sound, string? id, _) = await http.SendAsync(
                call,
                () => Request(body),
                (answer, token) => SoundStream.ReadWholeAsync(http, answer, call, token),
                canRepeat: true,
                cancellationToken
            )
            .ConfigureAwait(false);
        return new TextToSpeechResponse([new DataContent(sound, SoundForm.MediaType(form))])
        {
            ModelId = call.Model,
            ResponseId = id,
            Usage = Usage(text),
            AdditionalProperties = Properties(form),
        };
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        return StreamAsync(text, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, _metadata);

    /// <summary>Does nothing: the connections are the provider's.</summary>
    public void Dispose() { }

    private async IAsyncEnumerable<TextToSpeechResponseUpdate> StreamAsync(
        string text,
        TextToSpeechOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        (ProviderCall call, string form, ReadOnlyMemory<byte> body) = Write(text, options);
        long start = http.Time.GetTimestamp();
        HttpResponseMessage answer = await http.OpenAsync(call, () => Request(body), cancellationToken)
            .ConfigureAwait(false);
        string? id = http.RequestIdOf(answer);
        bool lends = options?.AdditionalProperties?.GetValueOrDefault(SpeechProperties.LentSound) is true;
        bool isFirst = true;
        await foreach (
            TextToSpeechResponseUpdate update in SoundStream
                .ReadAsync(http, answer, call, start, new BareSound(lends), Piece, cancellationToken)
                .ConfigureAwait(false)
        )
        {
            yield return update;
        }

        TextToSpeechResponseUpdate Piece(SoundPiece piece)
        {
            var update = new TextToSpeechResponseUpdate([new DataContent(piece.Sound, SoundForm.MediaType(form))])
            {
                Kind = TextToSpeechResponseUpdateKind.AudioUpdating,
                ModelId = call.Model,
                ResponseId = id,
                AdditionalProperties = isFirst ? Properties(form) : null,
            };
            // The price of the whole is known when it begins, and every update has to hold sound.
            if (isFirst)
                update.Contents.Add(new UsageContent(Usage(text)));
            isFirst = false;
            return update;
        }
    }

    private (ProviderCall Call, string Form, ReadOnlyMemory<byte> Body) Write(string text, TextToSpeechOptions? options)
    {
        string model =
            (string.IsNullOrWhiteSpace(options?.ModelId) ? site.Model : options.ModelId)
            ?? throw new ArgumentException(
                "model: is missing: name it when the client is made, or in the options.",
                nameof(options)
            );
        ProviderCall call = site with { Model = model };
        string form = SoundForm.Word(options?.AudioFormat) ?? "mp3";
        if (!Formats.Contains(form))
        {
            throw new NotSupportedException(
                $"{nameof(TextToSpeechOptions)}.{nameof(TextToSpeechOptions.AudioFormat)}: '{form}' is none of {string.Join(", ", Formats)}."
            );
        }
        SpeechRules.Check(text, MaxCharacters, options?.Speed, call);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteString("input", text);
        if ((voices.Find(options?.VoiceId) ?? (namesVoice ? DefaultVoice : null)) is { } voice)
            json.WriteString("voice", voice);
        json.WriteString("response_format", form);
        if (options?.Speed is { } speed)
            json.WriteNumber("speed", Math.Clamp(speed, 0.25f, 4f));
        if (options?.AdditionalProperties?.GetValueOrDefault("instructions") is { } instructions)
            json.WriteString("instructions", instructions.ToString());
        json.WriteEndObject();
        json.Flush();
        return (call, form, buffer.WrittenMemory);
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> body) =>
        new(HttpMethod.Post, address)
        {
            Content = new ReadOnlyMemoryContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };

    // The API tells no usage but in a form of stream that only one model has.
    private static UsageDetails Usage(string text) =>
        new() { AdditionalCounts = new() { [UsageCounts.Characters] = text.Length } };

    private static AdditionalPropertiesDictionary? Properties(string form) =>
        form == "pcm" ? new() { [SpeechProperties.SampleRate] = PcmRate, [SpeechProperties.Channels] = 1 } : null;
}

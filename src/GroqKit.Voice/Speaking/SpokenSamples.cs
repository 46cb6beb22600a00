using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GroqKit.Audio;
using GroqKit.Providers;
using GroqKit.Voice.Hearing;
using GroqKit.Voice.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Speaking;

/// <summary>Makes of a provider's sound, whatever its form, mono samples at one rate.</summary>
internal static class SpokenSamples
{
    private const int UsualRate = 24_000;

    // A third of a second of the usual sound: what comes at once is not given in crumbs.
    private const int BufferLength = 16 * 1024;

    // Less work stands before the first sound: many turns that begin in one moment wait for each other's.
    private const int FirstLength = 4096;

    // Encoders that do not know the length yet write one that no answer has.
    private const long LongestTrusted = 1L << 28;

    /// <param name="updates">What the provider gives.</param>
    /// <param name="rate">Samples a second that are wanted.</param>
    /// <param name="seen">Told of every update, for its usage.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ProviderException">The sound is in no form that can be read.</exception>
    public static async IAsyncEnumerable<SampleBlock> ReadAsync(
        IAsyncEnumerable<TextToSpeechResponseUpdate> updates,
        int rate,
        Action<TextToSpeechResponseUpdate> seen,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IAsyncEnumerator<TextToSpeechResponseUpdate> source = updates.GetAsyncEnumerator(cancellationToken);
        await using (source.ConfigureAwait(false))
        {
            WavFormat? bare = null;
            DataContent? sound = null;
            while (sound is null && await source.MoveNextAsync().ConfigureAwait(false))
            {
                seen(source.Current);
                sound = source.Current.Contents.OfType<DataContent>().FirstOrDefault(part => part.Data.Length > 0);
                bare ??= ShapeOf(source.Current, sound);
            }
            if (sound is null)
                yield break;
            var stream = new SpeechUpdateStream(source.Current, source, seen);
            await using (stream.ConfigureAwait(false))
            {
                IAsyncEnumerable<SampleBlock> samples = bare is { } shape
                    ? ReadBareAsync(stream, shape, rate, cancellationToken)
                    : ReadWavAsync(stream, rate, cancellationToken);
                await foreach (SampleBlock block in samples.ConfigureAwait(false))
                    yield return block;
            }
        }
    }

    private static async IAsyncEnumerable<SampleBlock> ReadWavAsync(
        Stream stream,
        int rate,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        WavReader reader = await OpenAsync(stream, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            long bytes = 0;
            await foreach (
                SampleBlock block in ConvertAsync(ReadAsync, reader.Format, rate, cancellationToken)
                    .ConfigureAwait(false)
            )
                yield return block;
            if (
                reader.DataLength is { } announced and < LongestTrusted
                && announced - bytes >= reader.Format.BytesPerFrame
            )
                throw new ProviderException(
                    ProviderFailure.StreamCut,
                    $"The sound ends after {bytes} of the {announced} bytes that its header announces."
                );

            [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
            async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
            {
                int count = await reader.ReadAsync(buffer, cancel).ConfigureAwait(false);
                bytes += count;
                return count;
            }
        }
    }

    private static IAsyncEnumerable<SampleBlock> ReadBareAsync(
        Stream stream,
        WavFormat shape,
        int rate,
        CancellationToken cancellationToken
    ) => ConvertAsync(stream.ReadAsync, shape, rate, cancellationToken);

    // Gives what came at once: waiting for a full buffer would delay the first sound.
    private static async IAsyncEnumerable<SampleBlock> ConvertAsync(
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read,
        WavFormat shape,
        int rate,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var resampler = new Resampler(shape.SampleRate, rate);
        var made = new List<short>();
        byte[] bytes = ArrayPool<byte>.Shared.Rent(BufferLength);
        short[] samples = ArrayPool<short>.Shared.Rent(BufferLength);
        int held = 0;
        try
        {
            int most = FirstLength;
            int count;
            while ((count = await read(bytes.AsMemory(held, most - held), cancellationToken).ConfigureAwait(false)) > 0)
            {
                held += count;
                int whole = held - (held % shape.BytesPerFrame);
                int decoded = SampleDecoder.Decode(shape, bytes.AsSpan(0, whole), samples);
                Span<short> mono = samples.AsSpan(0, Mixdown.ToMono(samples.AsSpan(0, decoded), shape.Channels));
                bytes.AsSpan(whole, held - whole).CopyTo(bytes);
                held -= whole;
                if (mono.IsEmpty)
                    continue;
                most = BufferLength;
                if (resampler.IsIdle)
                {
                    yield return SampleBlock.Of(mono);
                    continue;
                }
                resampler.Push(mono, made);
                if (made.Count > 0)
                    yield return SampleBlock.Of(CollectionsMarshal.AsSpan(made));
                made.Clear();
            }
            resampler.Complete(made);
            if (made.Count > 0)
                yield return SampleBlock.Of(CollectionsMarshal.AsSpan(made));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<short>.Shared.Return(samples);
        }
    }

    private static async Task<WavReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await WavReader.OpenAsync(stream, leaveOpen: true, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException broken)
        {
            throw new ProviderException(
                ProviderFailure.Malformed,
                $"The sound can't be read: {broken.Message}",
                innerException: broken
            );
        }
    }

    // Null for a WAV file, which says its own shape.
    private static WavFormat? ShapeOf(TextToSpeechResponseUpdate update, DataContent? sound)
    {
        string media = sound?.MediaType ?? "";
        if (sound is null || media.Contains("wav", StringComparison.OrdinalIgnoreCase))
            return null;
        int rate = Number(update, SpeechProperties.SampleRate) ?? UsualRate;
        int channels = Number(update, SpeechProperties.Channels) ?? 1;
        if (
            media.Contains("pcm", StringComparison.OrdinalIgnoreCase)
            || media.Contains("l16", StringComparison.OrdinalIgnoreCase)
        )
            return WavFormat.Pcm16(rate, channels);
        return media.Contains("basic", StringComparison.OrdinalIgnoreCase)
            ? new WavFormat(WavEncoding.MuLaw, Number(update, SpeechProperties.SampleRate) ?? 8_000, channels, 8)
            : null;
    }

    private static int? Number(TextToSpeechResponseUpdate update, string name) =>
        update.AdditionalProperties?.TryGetValue(name, out object? value) == true && value is int number && number > 0
            ? number
            : null;
}

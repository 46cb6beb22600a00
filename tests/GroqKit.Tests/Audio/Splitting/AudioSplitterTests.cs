using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14")]
public sealed class AudioSplitterTests
{
    private static readonly SplitOptions Short = new()
    {
        MaxPartDuration = TimeSpan.FromSeconds(5),
        MinPartDuration = TimeSpan.FromSeconds(1),
    };

    // Pauses in the middle of seconds 4 to 5, 8 to 9 and 12 to 13.
    private static readonly WavAudio Talk = Recordings.Of(4, 1, 3, 1, 3, 1, 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_is_cut_in_its_pauses_and_nothing_is_lost()
    {
        List<AudioPart> parts = await Split(AudioInput.FromWav(Talk), Short);

        parts.Select(part => part.Index).ShouldBe([0, 1, 2, 3]);
        parts.Select(part => part.Start.TotalSeconds).ShouldBe([0, 4.5, 8.5, 12.5], 0.05);
        parts[^1].Start.Add(parts[^1].Duration).ShouldBe(Talk.Duration);
        (await Join(parts)).Data.ToArray().ShouldBe(Talk.Data.ToArray());
    }

    [Fact]
    public async Task Bytes_files_and_streams_give_the_same_parts()
    {
        byte[] file = Talk.ToArray();
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, file, Token);
            await using FileStream stream = File.OpenRead(path);
            AudioInput[] inputs =
            [
                AudioInput.FromBytes(file),
                AudioInput.FromFile(path),
                AudioInput.FromStream(stream),
                AudioInput.FromStream(new SlicedStream(file, 777)),
            ];
            foreach (AudioInput input in inputs)
            {
                List<AudioPart> parts = await Split(input, Short);

                parts.Count.ShouldBe(4);
                parts.ShouldAllBe(part => part.Audio.CanRepeat && part.Audio.FileName!.EndsWith(".wav"));
                (await Join(parts)).Data.ToArray().ShouldBe(Talk.Data.ToArray());
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Parts_keep_the_size_limit_whatever_the_format()
    {
        WavAudio stereo = Recordings.Of(WavFormat.Pcm16(44100, 2), 1, 0.5, 1, 0.5, 1, 0.5, 1);
        var options = new SplitOptions { MaxPartBytes = 200_000 };

        List<AudioPart> parts = await Split(AudioInput.FromWav(stereo), options);

        parts.Count.ShouldBeGreaterThan(3);
        parts.ShouldAllBe(part => part.Audio.Length <= 200_000);
        (await Join(parts)).Data.ToArray().ShouldBe(stereo.Data.ToArray());
    }

    [Theory]
    [InlineData(WavEncoding.MuLaw, 8)]
    [InlineData(WavEncoding.Pcm, 8)]
    [InlineData(WavEncoding.Pcm, 24)]
    [InlineData(WavEncoding.FloatingPoint, 32)]
    public async Task Parts_stay_in_the_encoding_of_the_whole(WavEncoding encoding, int bits)
    {
        var format = new WavFormat(encoding, 8000, 1, bits);
        var audio = new WavAudio(
            format,
            Enumerable.Range(0, 12 * 8000 * bits / 8).Select(i => (byte)(i * 7 % 256)).ToArray()
        );

        List<AudioPart> parts = await Split(AudioInput.FromWav(audio), Short);

        parts.Count.ShouldBeGreaterThan(1);
        WavAudio joined = await Join(parts);
        joined.Format.ShouldBe(format);
        joined.Data.ToArray().ShouldBe(audio.Data.ToArray());
    }

    [Fact]
    public async Task A_streamed_file_with_placeholder_sizes_and_half_a_frame_at_its_end_is_split_too()
    {
        byte[] file = [.. new WavHeader(WavFormat.Pcm16(Recordings.Rate), null).ToArray(), .. Talk.Data.ToArray(), 1];

        List<AudioPart> parts = await Split(AudioInput.FromStream(new SlicedStream(file, 1000)), Short);

        (await Join(parts)).Data.ToArray().ShouldBe(Talk.Data.ToArray());
    }

    [Fact]
    public async Task What_cannot_be_split_is_refused_by_name()
    {
        (await Refusal(AudioInput.FromBytes("ID3 and so on"u8.ToArray()))).Parameter.ShouldBe("file");
        (await Refusal(AudioInput.FromFile("/nowhere.wav"))).Parameter.ShouldBe("file");
        (await Refusal(AudioInput.FromUrl("https://a.b/c.wav"))).Parameter.ShouldBe("url");
        var broken = new GatedStream();
        broken.Give(Talk.ToArray()[..5000]);
        broken.End(new IOException("gone"));
        (await Refusal(AudioInput.FromStream(broken))).Message.ShouldContain("gone");
    }

    public static TheoryData<string, SplitOptions> BadOptions =>
        new()
        {
            {
                "MaxPartDuration",
                new() { MaxPartDuration = TimeSpan.FromSeconds(10) }
            },
            {
                "MaxPartDuration",
                new() { MaxPartDuration = TimeSpan.Zero, MinPartDuration = TimeSpan.FromTicks(1) }
            },
            {
                "MinPartDuration",
                new() { MinPartDuration = TimeSpan.Zero }
            },
            {
                "MaxPartBytes",
                new() { MaxPartBytes = 1000 }
            },
            {
                "SilenceDecibels",
                new() { SilenceDecibels = 1 }
            },
            {
                "SilenceDecibels",
                new() { SilenceDecibels = double.NaN }
            },
            {
                "Window",
                new() { Window = TimeSpan.Zero }
            },
            {
                "MinSilence",
                new() { MinSilence = TimeSpan.FromMilliseconds(1) }
            },
            {
                "MaxParallel",
                new() { MaxParallel = 0 }
            },
            {
                "CarriesPrompt",
                new() { CarriesPrompt = true }
            },
        };

    [Theory]
    [MemberData(nameof(BadOptions), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_range_is_named(string name, SplitOptions options) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() =>
                AudioSplitter.SplitAsync(AudioInput.FromWav(Talk), options, Token)
            )
            .ParamName.ShouldBe(name);

    private static async Task<List<AudioPart>> Split(AudioInput input, SplitOptions options)
    {
        var parts = new List<AudioPart>();
        await foreach (AudioPart part in AudioSplitter.SplitAsync(input, options, Token))
            parts.Add(part);
        return parts;
    }

    private static Task<GroqValidationException> Refusal(AudioInput input) =>
        Should.ThrowAsync<GroqValidationException>(() => Split(input, Short));

    private static async Task<WavAudio> Join(List<AudioPart> parts)
    {
        var audio = new List<WavAudio>();
        foreach (AudioPart part in parts)
        {
            WavAudio recording = WavAudio.Parse(await Recordings.ReadAsync(part.Audio));
            recording.Duration.ShouldBe(part.Duration);
            audio.Add(recording);
        }
        return WavAudio.Join(audio);
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using GroqKit.Audio;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Bench.Voice.Gateway;

/// <summary>
/// Groq's three services over HTTP, each as slow as is known. A turn is told from another by a number that is heard, answered and spoken, so that what
/// its providers really took can be subtracted.
/// </summary>
internal sealed partial class KnownProviders : IAsyncDisposable
{
    // The rest of the sound comes half as fast again as it is heard.
    private static readonly TimeSpan BlockTime = TimeSpan.FromSeconds(KnownVoice.BlockSeconds * BlocksAtOnce / 1.5);

    // A sound of less is not taken for one.
    private const int BlocksAtOnce = 2;

    private static readonly byte[] Header = new WavHeader(WavFormat.Pcm16(KnownVoice.Rate), DataLength: null).ToArray();
    private static readonly string Usage = Chunk(
        "",
        """
        ,"finish_reason":"stop"}],"x_groq":{"id":"req_bench","usage":{"prompt_tokens":40,"completion_tokens":80,"total_tokens":120}}
        """
    );

    private readonly ConcurrentDictionary<int, Delays> _delays = new();
    private readonly WebApplication _app;
    private int _stories;

    private KnownProviders(WebApplication app) => _app = app;

    public static async Task<KnownProviders> StartAsync(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        WebApplication app = builder.Build();
        var providers = new KnownProviders(app);
        app.Run(providers.AnswerAsync);
        await app.StartAsync();
        return providers;
    }

    /// <summary>What the providers of a turn took up to its first sound, by the turn's transcript.</summary>
    public TimeSpan Passed(string transcript) => DelaysOf(transcript)!.Passed;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context) =>
        context.Request.Path.Value!.Split('/')[^1] switch
        {
            "transcriptions" => HearAsync(context),
            "completions" => WriteAsync(context),
            _ => SpeakAsync(context),
        };

    private async Task HearAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        int story = Interlocked.Increment(ref _stories);
        Delays delays = _delays[story] = new Delays();
        await delays.WaitAsync(Delays.Hearing, counts: true, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"task":"transcribe","language":"English","duration":2.4,"text":"Tell me story number {{story}}.","segments":[]}"""
            )
        );
    }

    private async Task WriteAsync(HttpContext context)
    {
        string asked = await ReadAsync(context);
        await DelaysOf(asked)!.WaitAsync(Delays.Answering, counts: true, context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        string first = $"Story number {Number().Match(asked).Groups["value"].Value}, my friend, ";
        foreach (string words in KnownModel.Answer.Prepend(first))
            await context.Response.WriteAsync(Chunk(words, ",\"finish_reason\":null}]"));
        await context.Response.WriteAsync(Usage + "data: [DONE]\n\n");
    }

    private async Task SpeakAsync(HttpContext context)
    {
        string text = Input().Match(await ReadAsync(context)).Groups["value"].Value;
        // The second piece is spoken beside the first: nobody waits for it.
        Delays? first = DelaysOf(text);
        await (first ?? new Delays()).WaitAsync(Delays.Speaking, counts: first is not null, context.RequestAborted);
        context.Response.ContentType = "audio/wav";
        await context.Response.Body.WriteAsync(Header);
        int blocks = (int)(text.Length * KnownVoice.BlocksACharacter);
        for (int block = 0; block < blocks; block++)
        {
            if (block >= BlocksAtOnce && block % BlocksAtOnce == 0)
                await Task.Delay(BlockTime, TimeProvider.System, context.RequestAborted);
            await context.Response.Body.WriteAsync(KnownVoice.Block);
        }
    }

    private Delays? DelaysOf(string text) =>
        Number().Match(text) is { Success: true } found
            ? _delays[int.Parse(found.Groups["value"].ValueSpan, CultureInfo.InvariantCulture)]
            : null;

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync();
    }

    private static string Chunk(string words, string end) =>
        "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"openai/gpt-oss-20b\","
        + $"\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{words}\"}}{end}}}\n\n";

    [GeneratedRegex("number (?<value>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex("\"input\":\\s*\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Input();
}

using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using GroqKit.Simulator.Audio;

namespace GroqKit.Simulator.Tests.ElevenLabs;

[Requirement("PR-05")]
public sealed class SpeechSocketTests(Sim sim) : IClassFixture<Sim>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_go_in_and_audio_comes_out_until_the_end()
    {
        using ClientWebSocket socket = await OpenAsync("?output_format=pcm_24000");

        await SendAsync(socket, """{"text":" ","voice_settings":{"stability":0.5}}""");
        await SendAsync(socket, """{"text":"Good morning, "}""");
        await SendAsync(socket, """{"text":"Oslo! It is 21 degrees. "}""");
        await SendAsync(socket, """{"text":""}""");
        JsonElement[] messages = await ReceiveAllAsync(socket);

        messages[^1].GetProperty("isFinal").GetBoolean().ShouldBeTrue();
        byte[] audio = [.. messages[..^1].SelectMany(message => message.GetProperty("audio").GetBytesFromBase64())];
        Hearing.Of(Wav(audio)).Text.ShouldBe("Good morning, Oslo! It is 21 degrees.");
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        string.Concat(
                messages[..^1]
                    .SelectMany(message => message.GetProperty("alignment").GetProperty("chars").EnumerateArray())
                    .Select(character => character.GetString())
            )
            .ShouldBe("Good morning, Oslo! It is 21 degrees. ");
    }

    [Fact]
    public async Task A_flush_speaks_at_once_and_the_line_stays_open()
    {
        using ClientWebSocket socket = await OpenAsync("?output_format=pcm_24000");

        await SendAsync(socket, """{"text":"First words. ","flush":true}""");
        JsonElement first = await ReceiveAsync(socket);
        await SendAsync(socket, """{"text":"Second words. "}""");
        await SendAsync(socket, """{"text":""}""");
        JsonElement[] rest = await ReceiveAllAsync(socket);

        Hearing.Of(Wav(first.GetProperty("audio").GetBytesFromBase64())).Text.ShouldBe("First words.");
        rest.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_mistake_is_said_before_the_line_is_closed()
    {
        using ClientWebSocket socket = await OpenAsync("");

        await SendAsync(socket, """{"text":"a","voice_settings":{"speed":9}}""");
        JsonElement[] messages = await ReceiveAllAsync(socket);

        messages.ShouldHaveSingleItem().GetProperty("error").GetString().ShouldBe("invalid_voice_settings");
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_model_without_a_socket_is_refused_before_the_upgrade()
    {
        WebSocketException refused = await Should.ThrowAsync<WebSocketException>(() =>
            OpenAsync("?model_id=eleven_v3")
        );

        refused.Message.ShouldContain("400");
    }

    [Theory]
    [InlineData("sim/cut:after=1")]
    [InlineData("sim/error-event:after=1")]
    public async Task Faults_reach_the_socket_too(string model)
    {
        using ClientWebSocket socket = await OpenAsync(
            $"?output_format=pcm_24000&model_id={Uri.EscapeDataString(model)}"
        );
        await SendAsync(socket, """{"text":"One. Two. Three. ","flush":true}""");

        JsonElement first = await ReceiveAsync(socket);

        first.GetProperty("audio").GetBytesFromBase64().ShouldNotBeEmpty();
        if (model.Contains("error", StringComparison.Ordinal))
            (await ReceiveAsync(socket)).GetProperty("error").GetString().ShouldBe("internal_error");
        else
            await Should.ThrowAsync<WebSocketException>(() => ReceiveAsync(socket));
    }

    private async Task<ClientWebSocket> OpenAsync(string query)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("xi-api-key", "sk_test");
        var address = new UriBuilder(
            new Uri(
                sim.Server.BaseAddress,
                $"sim/elevenlabs/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/stream-input{query}"
            )
        )
        {
            Scheme = "ws",
        };
        await socket.ConnectAsync(address.Uri, Stop);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, true, Stop);

    private static async Task<JsonElement[]> ReceiveAllAsync(ClientWebSocket socket)
    {
        List<JsonElement> messages = [];
        while (await ReceiveAsync(socket) is { ValueKind: JsonValueKind.Object } message)
            messages.Add(message);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        return [.. messages];
    }

    /// <summary>The next message; undefined when the server closes.</summary>
    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        var message = new MemoryStream();
        byte[] piece = new byte[65_536];
        while (true)
        {
            WebSocketReceiveResult result = await socket
                .ReceiveAsync(piece, Stop)
                .WaitAsync(TimeSpan.FromSeconds(30), Stop);
            if (result.MessageType is WebSocketMessageType.Close)
                return default;
            message.Write(piece, 0, result.Count);
            if (result.EndOfMessage)
                return JsonElement.Parse(Encoding.UTF8.GetString(message.ToArray()));
        }
    }

    private static WavFile Wav(byte[] samples) =>
        new(24_000, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(samples).ToArray());
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>A form that can't be read is told in the same words wherever it is sent, and with the field at which it breaks.</summary>
[Requirement("GW-02", "GW-19")]
public sealed class BrokenFormTests : IAsyncLifetime
{
    private const string Hearing = "/v1/audio/transcriptions";
    private const string First = "--cut\r\nContent-Disposition: form-data; name=\"language\"\r\n\r\nen\r\n";

    private VoiceStand _stand = null!;

    public static TheoryData<string, string, string, string> Forms =>
        new()
        {
            { "", "body", "before its closing boundary", "" },
            { First + "--cut\r\n", "language", "behind 'language'", "has no name" },
            { First[..^4], "language", "ends within 'language'", "" },
            { First + "--cut\r\nno header\r\n\r\nx\r\n--cut--\r\n", "language", "behind 'language'", "NAME: VALUE" },
            { "--cut\r\nno header\r\n\r\nx\r\n--cut--\r\n", "body", "The first part", "NAME: VALUE" },
            {
                First
                    + "--cut\r\n"
                    + string.Concat(Enumerable.Range(0, 17).Select(i => $"a{i}: b\r\n"))
                    + "\r\nx\r\n--cut--\r\n",
                "language",
                "behind 'language'",
                "at most 16"
            },
            {
                First + "--cut\r\na: " + new string('b', 17 * 1024) + "\r\n\r\nx\r\n--cut--\r\n",
                "language",
                "behind 'language'",
                "16384 bytes"
            },
        };

    public async ValueTask InitializeAsync() => _stand = await VoiceStand.StartAsync();

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_that_can_not_be_read_names_the_field_at_which_it_breaks(
        string form,
        string param,
        string place,
        string rule
    )
    {
        foreach (string path in (string[])[VoiceStand.Path, Hearing])
            await ShouldBeRefusedAsync(path, Encoding.UTF8.GetBytes(form), param, place, rule);
        _stand.First.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(VoiceStand.Path, "audio")]
    [InlineData(Hearing, "file")]
    public async Task What_can_not_be_read_behind_the_recording_is_told_so(string path, string file)
    {
        byte[] sound = await _stand.SayAsync("What comes last?");
        byte[] form =
        [
            .. Encoding.UTF8.GetBytes(
                $"--cut\r\nContent-Disposition: form-data; name=\"{file}\"; filename=\"a.wav\"\r\n\r\n"
            ),
            .. sound,
            .. "\r\n--cut\r\nno header\r\n\r\nx\r\n--cut--\r\n"u8,
        ];

        await ShouldBeRefusedAsync(path, form, file, $"behind '{file}'", "NAME: VALUE");
    }

    private async Task ShouldBeRefusedAsync(string path, byte[] form, string param, string place, string rule)
    {
        using var body = new ByteArrayContent(form);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=cut");

        using HttpResponseMessage answer = await _stand.AskAsync(HttpMethod.Post, path, body);

        JsonObject error = await answer.ErrorAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, error.ToJsonString());
        error.Text("code").ShouldBe("invalid_form");
        error.Text("param").ShouldBe(param);
        error.Text("message").ShouldContain(place);
        error.Text("message").ShouldContain(rule);
        error.Text("message").ShouldNotContain("Multipart");
        error.Text("message").ShouldNotContain("component");
    }
}

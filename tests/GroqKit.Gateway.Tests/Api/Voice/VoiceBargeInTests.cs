using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Callers who speak again, or leave, while they are answered, at any point of it.</summary>
[Requirement("GW-19")]
public sealed class VoiceBargeInTests : IAsyncLifetime
{
    private const int Rounds = 100;

    // Connections that are kept for the next call; what leaks would grow with the rounds.
    private const int KeptSockets = 30;

    // So slow that every point of a turn has calls that are open.
    private static readonly SimulatorOptions Slow = new()
    {
        FirstToken = TimeSpan.FromMilliseconds(10),
        TokensPerSecond = 600,
    };

    private readonly Random _random = new(8);
    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync()
    {
        _stand = await VoiceStand.StartAsync(Slow);
        _stand.First.Faults.Set("bandwidth:bytes=900000", model: VoiceStand.Speaking);
    }

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Fact]
    public async Task An_interrupted_turn_keeps_what_was_played_and_leaves_no_call_open()
    {
        TimeSpan slowest = TimeSpan.Zero;
        for (int round = 0; round < 2 * Rounds; round++)
        {
            string conversation = $"c{round}";
            string turn = $"turn-{round}";
            using HttpResponseMessage answer = await _stand.TypeAsync("Tell me.", $"?turn={turn}", conversation);
            var events = new List<JsonObject>();
            int stopAfter = _random.Next(1, 40);
            double part = _random.NextDouble();
            double played = 0;
            long interruptedAt = 0;
            await foreach (JsonObject happened in VoiceStand.EventsAsync(answer))
            {
                events.Add(happened);
                if (events.Count != stopAfter)
                    continue;
                JsonObject? last = events.Of("audio.delta").LastOrDefault();
                played = Math.Floor(part * (last is null ? 0 : last.Number("offset_ms") + last.Number("duration_ms")));
                interruptedAt = TimeProvider.System.GetTimestamp();
                using HttpResponseMessage told = await _stand.Gateway.PostJsonAsync(
                    $"{VoiceStand.Path}/{turn}/interrupt?played_ms={played}",
                    ""
                );
                told.StatusCode.ShouldBeOneOf(HttpStatusCode.NoContent, HttpStatusCode.NotFound);
            }
            await _stand.UntilIdleAsync();
            events.Outcome().ShouldBeOneOf("interrupted", "completed");
            if (events.Outcome() == "completed")
                continue;
            slowest = Longest(slowest, SinceTheLastEnd(interruptedAt));
            string heard = events.One("turn.interrupted").Text("heard_text");
            ShouldBeHeard(heard, events, played);
        }
        await ShouldHaveLeftNothingAsync();
        TestContext.Current.SendDiagnosticMessage($"slowest end of a provider's call after an interruption: {slowest}");
    }

    [Fact]
    public async Task A_caller_who_leaves_leaves_no_call_open()
    {
        for (int round = 0; round < Rounds; round++)
        {
            string conversation = $"left{round}";
            int stopAfter = _random.Next(0, 40);
            using (HttpResponseMessage answer = await _stand.TypeAsync("Tell me.", "", conversation))
            {
                int count = 0;
                await foreach (JsonObject _ in VoiceStand.EventsAsync(answer))
                {
                    if (count++ == stopAfter)
                        break;
                }
            }
            await _stand.UntilIdleAsync();
        }
        await ShouldHaveLeftNothingAsync();
    }

    [Fact]
    public async Task A_realtime_answer_that_is_cancelled_leaves_no_call_open()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);
        for (int round = 0; round < Rounds; round++)
        {
            int stopAfter = _random.Next(0, 40);
            await caller.SendAsync(
                """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Tell me."}]}}"""
            );
            await caller.SendAsync("""{"type":"response.create"}""");
            string? item = null;
            double given = 0;
            JsonObject done;
            for (int count = 0; ; count++)
            {
                JsonObject happened = await caller.NextAsync();
                if (count == stopAfter)
                    await caller.SendAsync("""{"type":"response.cancel"}""");
                if (happened.TypeOf() == "response.output_audio.delta")
                {
                    item = happened.Text("item_id");
                    given += Convert.FromBase64String(happened.Text("delta")).Length / 48.0;
                }
                if (happened.TypeOf() != "response.done")
                    continue;
                done = happened;
                break;
            }
            await _stand.UntilIdleAsync();
            done["response"]!["status"]!.GetValue<string>().ShouldBeOneOf("cancelled", "completed");
            if (item is null)
                continue;
            int played = (int)(given * _random.NextDouble());
            await caller.SendAsync(
                $$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":{{played}}}"""
            );
        }
        caller.Leave();
    }

    // Every call has its account, and with it is over; nobody holds a turn or a socket of one.
    private async Task ShouldHaveLeftNothingAsync()
    {
        var running = _stand.Gateway.Services.GetRequiredService<RunningTurns>();
        // That its caller has left is news to the last turn.
        using var safety = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        safety.CancelAfter(TimeSpan.FromSeconds(30));
        while (running.Count > 0)
            (await _stand.Gateway.Client.GetAsync("/health/live", safety.Token)).Dispose();
        // Only this gateway's and its providers': other tests have theirs at the same time.
        int[] ports = [_stand.Gateway.Address.Port, _stand.First.BaseAddress.Port, _stand.Second.BaseAddress.Port];
        IPGlobalProperties
            .GetIPGlobalProperties()
            .GetActiveTcpConnections()
            .Count(socket => socket.State == TcpState.Established && ports.Contains(socket.RemoteEndPoint.Port))
            .ShouldBeLessThan(KeptSockets);
    }

    private static void ShouldBeHeard(string heard, List<JsonObject> events, double played)
    {
        string written = string.Join(' ', events.Sentences());
        written.ShouldStartWith(heard);
        if (heard.Length == 0)
            return;
        // Pieces that were played to their end count whole; of the one that was cut, the words up to the place that was reached, and one more.
        double whole = events.Of("audio.mark").Where(mark => mark.Number("end_ms") <= played).Count();
        int before = string.Join(' ', events.Sentences().Take((int)whole)).Length;
        double begun = events
            .Of("audio.mark")
            .Where(mark => mark.Number("end_ms") <= played)
            .Select(mark => mark.Number("end_ms"))
            .LastOrDefault();
        string rest = written[heard.Length..].TrimStart();
        int word = rest.IndexOf(' ', StringComparison.Ordinal) is var end and >= 0 ? end : rest.Length;
        // Nobody speaks more than 30 characters a second.
        ((double)heard.Length).ShouldBeLessThanOrEqualTo(before + 1 + (played - begun) * 0.030 + word + 1);
    }

    private TimeSpan SinceTheLastEnd(long interruptedAt) =>
        TimeProvider.System.GetElapsedTime(
            interruptedAt,
            _stand.First.Requests.Max(request => Math.Max(request.EndedAt ?? 0, interruptedAt))
        );

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

using GroqKit.Simulator.Http;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>An answer that looks alive and never says anything: a status, perhaps frames, but no content.</summary>
internal sealed class NoProgress(TimeSpan? pause) : IFaultEffect
{
    private static readonly byte[] RoleFrame =
    [
        .. "data: {\"id\":\"chatcmpl-sim\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"sim\",\"choices\":"u8,
        .. "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n"u8,
    ];

    public static IReadOnlyList<FaultDefinition> Definitions { get; } =
    [
        new("headers-only", "sends status and headers and then nothing, for ever", [], _ => new NoProgress(null)),
        new(
            "role-only",
            "sends frames that carry a role and no content, for ever; without streaming blanks instead",
            [FaultParameter.Milliseconds("how long it waits between two", 20)],
            arguments => new NoProgress(arguments.Milliseconds)
        ),
    ];

    public ValueTask<bool> BeforeFrameAsync(StreamMoment moment) =>
        // A socket's messages are its own; there it is silent.
        GoOnAsync(
            moment.Exchange,
            moment.Exchange.Http.WebSockets.IsWebSocketRequest ? ReadOnlyMemory<byte>.Empty : RoleFrame
        );

    public ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body) =>
        GoOnAsync(exchange, IsJson(exchange) ? " "u8.ToArray() : ReadOnlyMemory<byte>.Empty);

    private async ValueTask<bool> GoOnAsync(Exchange exchange, ReadOnlyMemory<byte> piece)
    {
        exchange.Outcome = RequestOutcome.Faulted;
        HttpResponse response = exchange.Http.Response;
        response.ContentLength = null;
        await response.StartAsync(exchange.Gone);
        await response.BodyWriter.FlushAsync(exchange.Gone);
        while (pause is not null && !piece.IsEmpty)
        {
            await response.BodyWriter.WriteAsync(piece, exchange.Gone);
            if (!await exchange.WaitAsync(pause))
                return true;
        }

        await exchange.WaitAsync(length: null);
        return true;
    }

    // Blanks before JSON mean nothing; in sound every byte is sound.
    private static bool IsJson(Exchange exchange) =>
        exchange.Http.Response.ContentType?.Contains("json", StringComparison.Ordinal) is true;
}

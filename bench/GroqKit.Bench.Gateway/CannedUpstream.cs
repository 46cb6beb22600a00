using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Bench.Gateway;

/// <summary>
/// Answers chat completions in Groq's shape at the least cost: one JSON body, or a stream when the request asks for one.
/// A stream is described in the request's <c>user</c> field, the one member that every gateway hands on untouched:
/// <c>"user":"chunks=100 interval=10 delay=0 hush=0"</c> (numbers of chunks, and milliseconds; <c>hush</c> passes between the headers and the
/// first chunk). Recordings are taken without being kept. <c>GET /arrived</c> tells when a request was last read to its end, <c>GET /left</c> when a caller last left
/// before its answer was over.
/// </summary>
internal sealed class CannedUpstream(TimeProvider time)
{
    private static readonly byte[] Answer =
    [
        .. """
            {"id":"chatcmpl-7d1f6c1e-0000-4000-8000-000000000001","object":"chat.completion","created":1790000000,
            "model":"openai/gpt-oss-120b","choices":[{"index":0,"message":{"role":"assistant",
            "content":"Oslo. It lies at the head of a fjord and has about seven hundred thousand inhabitants."},
            "logprobs":null,"finish_reason":"stop"}],
            "usage":{"queue_time":0.05,"prompt_tokens":90,"prompt_time":0.004,"completion_tokens":24,"completion_time":0.08,
            "total_tokens":114,"total_time":0.084},"system_fingerprint":"fp_0000000000",
            "x_groq":{"id":"req_01example0000000000000000","seed":1},"service_tier":"on_demand"}
            """u8,
    ];

    private long _arrived;
    private long _left;

    public async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/left" || context.Request.Path == "/arrived")
        {
            long at = context.Request.Path == "/left" ? Volatile.Read(ref _left) : Volatile.Read(ref _arrived);
            await context.Response.WriteAsync(at.ToString(CultureInfo.InvariantCulture));
            return;
        }
        using CancellationTokenRegistration leaving = context.RequestAborted.Register(() =>
            Volatile.Write(ref _left, time.GetTimestamp())
        );
        if (context.Request.Path.Value!.EndsWith("/audio/transcriptions", StringComparison.Ordinal))
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"text\":\"Silence.\",\"x_groq\":{\"id\":\"req_1\"}}");
            return;
        }
        PipeReader body = context.Request.BodyReader;
        ReadResult read = await body.ReadAsync(context.RequestAborted);
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(context.RequestAborted);
        }
        (StreamPlan? plan, TimeSpan delay) = Read(
            read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray()
        );
        body.AdvanceTo(read.Buffer.End);
        Volatile.Write(ref _arrived, time.GetTimestamp());

        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, time, context.RequestAborted);
        if (plan is not null)
            await StreamAsync(context, plan);
        else
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            await context.Response.BodyWriter.WriteAsync(Answer, context.RequestAborted);
        }
    }

    private static (StreamPlan?, TimeSpan) Read(ReadOnlySpan<byte> body) =>
        (StreamPlan.Find(body), StreamPlan.DelayOf(body));

    private async Task StreamAsync(HttpContext context, StreamPlan plan)
    {
        CancellationToken gone = context.RequestAborted;
        PipeWriter writer = context.Response.BodyWriter;
        context.Response.ContentType = "text/event-stream";
        if (plan.Hush > TimeSpan.Zero)
        {
            await writer.FlushAsync(gone);
            await Task.Delay(plan.Hush, time, gone);
        }
        await writer.WriteAsync(TimedChunk.First, gone);
        for (int i = 0; i < plan.Chunks; i++)
        {
            if (plan.Interval > TimeSpan.Zero)
                await Task.Delay(plan.Interval, time, gone);
            TimedChunk.Write(writer, time.GetTimestamp());
            await writer.FlushAsync(gone);
        }
        await writer.WriteAsync(TimedChunk.Last, gone);
    }
}

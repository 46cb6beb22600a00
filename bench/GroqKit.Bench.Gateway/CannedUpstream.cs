using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Bench.Gateway;

/// <summary>
/// Answers chat completions in Groq's shape at the least cost: one JSON body, or a stream when the request asks for one.
/// A stream is described in the request's <c>user</c> field, the one member that every gateway hands on untouched:
/// <c>"user":"chunks=100 interval=10 delay=0"</c> (numbers of chunks, and milliseconds).
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

    public async Task AnswerAsync(HttpContext context)
    {
        PipeReader body = context.Request.BodyReader;
        ReadResult read = await body.ReadAsync(context.RequestAborted);
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync(context.RequestAborted);
        }
        StreamPlan? plan = StreamPlan.Find(read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray());
        body.AdvanceTo(read.Buffer.End);

        if (plan is not null)
            await StreamAsync(context, plan);
        else
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            await context.Response.BodyWriter.WriteAsync(Answer, context.RequestAborted);
        }
    }

    private async Task StreamAsync(HttpContext context, StreamPlan plan)
    {
        CancellationToken gone = context.RequestAborted;
        PipeWriter writer = context.Response.BodyWriter;
        if (plan.Delay > TimeSpan.Zero)
            await Task.Delay(plan.Delay, time, gone);
        context.Response.ContentType = "text/event-stream";
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

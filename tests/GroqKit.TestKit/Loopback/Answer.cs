using System.Text;
using Microsoft.AspNetCore.Http;

namespace GroqKit.TestKit.Loopback;

/// <summary>Ready-made answers for a <see cref="LoopbackServer"/>.</summary>
public static class Answer
{
    /// <summary>One JSON body.</summary>
    public static RequestDelegate Json(string json, int status = 200, params (string Name, string Value)[] headers) =>
        Text("application/json", json, status, headers);

    /// <summary>A body of any type.</summary>
    public static RequestDelegate Text(
        string contentType,
        string body,
        int status = 200,
        params (string Name, string Value)[] headers
    ) =>
        async context =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            context.Response.ContentLength = bytes.Length;
            foreach ((string name, string value) in headers)
                context.Response.Headers.Append(name, value);
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        };

    /// <summary>Server-sent events: one <c>data:</c> frame per item, each flushed. <c>[DONE]</c> is an item like any other.</summary>
    public static RequestDelegate Events(params string[] data) =>
        Stream("text/event-stream", [.. data.Select(item => $"data: {item}\n\n")]);

    /// <summary>The pieces as they stand, each flushed, so that a test decides where the bytes are cut.</summary>
    public static RequestDelegate Stream(string contentType, params string[] pieces) =>
        async context =>
        {
            context.Response.ContentType = contentType;
            foreach (string piece in pieces)
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(piece), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        };

    /// <summary>The first request gets the first answer, and so on; the last answer serves all that follow.</summary>
    public static RequestDelegate InTurn(RequestDelegate first, params RequestDelegate[] others)
    {
        RequestDelegate[] answers = [first, .. others];
        int next = -1;
        return context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context);
    }
}

using System.Security.Cryptography;
using GroqKit.Files;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Files;

[Requirement("CL-17")]
public sealed class FilesClientTests
{
    [Fact]
    public async Task A_file_is_described()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            """{"id":"file_1","object":"file","bytes":5,"created_at":7,"filename":"a.jsonl","purpose":"batch_output","odd":1}"""
        );
        using GroqClient client = Clients.For(server);

        StoredFile file = await client.Files.GetAsync("file_1");

        (file.Id, file.Bytes, file.CreatedAt, file.FileName).ShouldBe(("file_1", 5, 7, "a.jsonl"));
        file.Purpose.ShouldBe(FilePurpose.BatchOutput);
        file.AdditionalProperties!["odd"].GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("path")]
    [InlineData("bytes")]
    [InlineData("stream")]
    public async Task A_file_is_sent_again_from_its_start_when_an_attempt_fails(string kind)
    {
        using var folder = new TempDirectory();
        string path = folder.At("in.jsonl");
        await File.WriteAllTextAsync(path, "{\"a\":1}\n");
        await using FileStream open = File.OpenRead(path);
        await using StubServer server = await StubServer.StartAsync();
        server.Next(503, "{}");
        server.Next(200, """{"id":"file_1"}""");
        using GroqClient client = Clients.For(
            server,
            options => options.Retry = new RetryOptions { MaxRetries = 1, BaseDelay = TimeSpan.Zero }
        );
        FileUpload upload = kind switch
        {
            "path" => FileUpload.FromFile(path),
            "bytes" => FileUpload.FromBytes(await File.ReadAllBytesAsync(path), "in.jsonl"),
            _ => FileUpload.FromStream(open),
        };

        StoredFile file = await client.Files.UploadAsync(upload);

        file.Id.ShouldBe("file_1");
        file.Metadata.Attempts.ShouldBe(2);
        server.Requests.ShouldAllBe(request =>
            request.Body.Contains("{\"a\":1}\n", StringComparison.Ordinal)
            && request.Body.Contains("filename=\"in.jsonl\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_file_is_written_while_it_arrives_and_named_when_it_is_whole()
    {
        const int Half = 300_000;
        var halfSeen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 2 * Half;
            await context.Response.Body.WriteAsync(new byte[Half]);
            await context.Response.Body.FlushAsync();
            await halfSeen.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await context.Response.Body.WriteAsync(new byte[Half]);
        });
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);
        using var folder = new TempDirectory();
        string path = folder.At("results.jsonl");
        var reports = new List<DownloadProgress>();
        bool wasThereEarly = false;

        await client.Files.DownloadAsync(
            "file_1",
            path,
            new Told<DownloadProgress>(progress =>
            {
                reports.Add(progress);
                if (progress.BytesReceived == Half)
                {
                    wasThereEarly = File.Exists(path);
                    halfSeen.SetResult();
                }
            })
        );

        wasThereEarly.ShouldBeFalse();
        reports[^1].ShouldBe(new DownloadProgress(2 * Half, 2 * Half));
        reports[^1].Fraction.ShouldBe(1);
        new FileInfo(path).Length.ShouldBe(2 * Half);
        Directory.GetFiles(folder.FullPath).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_upload_reports_what_was_sent()
    {
        byte[] bytes = new byte[1_000_000];
        await using LoopbackServer server = await LoopbackServer.StartAsync(Answer.Json("""{"id":"file_1"}"""));
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);
        var reports = new List<UploadProgress>();

        await client.Files.UploadAsync(
            FileUpload.FromBytes(bytes, "a.jsonl"),
            progress: new Told<UploadProgress>(reports.Add)
        );

        reports.Count.ShouldBeGreaterThan(1);
        reports[^1].ShouldBe(new UploadProgress(bytes.Length, bytes.Length));
        server.Requests.Single().Body.Length.ShouldBeGreaterThan(bytes.Length);
    }

    [Fact]
    public async Task A_download_that_breaks_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TempDirectory();
        string path = folder.At("results.jsonl");
        await File.WriteAllTextAsync(path, "old");
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        var error = await Should.ThrowAsync<GroqNetworkException>(() => client.Files.DownloadAsync("file_1", path));

        error.IsRetryable.ShouldBeTrue();
        (await File.ReadAllTextAsync(path)).ShouldBe("old");
        Directory.GetFiles(folder.FullPath).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Content_that_stalls_ends_in_a_timeout_and_content_of_any_type_is_read()
    {
        var time = new ManualTimeProvider();
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("ok");
            await context.Response.Body.FlushAsync();
            var left = new TaskCompletionSource();
            await using (context.RequestAborted.Register(left.SetResult))
                await left.Task;
        });
        using GroqClient client = Clients.For(
            server.Address.AbsoluteUri,
            options =>
            {
                options.TimeProvider = time;
                options.StreamIdleTimeout = TimeSpan.FromSeconds(7);
            }
        );
        await using ContentStream content = await client.Files.OpenContentAsync("file_1");
        byte[] buffer = new byte[10];
        content.ContentType.ShouldBe("text/html");
        (await content.ReadAtLeastAsync(buffer, 2)).ShouldBe(2);

        Task<int> stalled = content.ReadAsync(buffer).AsTask();
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(7));

        var error = await Should.ThrowAsync<GroqTimeoutException>(() => stalled);
        error.Phase.ShouldBe(TimeoutPhase.Body);
        error.Limit.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task The_bytes_of_a_file_arrive_unchanged_in_a_stream()
    {
        byte[] bytes = RandomNumberGenerator.GetBytes(300_000);
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
            await context.Response.Body.WriteAsync(bytes)
        );
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);
        using var copy = new MemoryStream();

        await client.Files.DownloadAsync("file_1", copy);

        copy.ToArray().ShouldBe(bytes);
    }

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}

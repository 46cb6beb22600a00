using GroqKit.Batches;

namespace GroqKit.Tests.Batches;

[Requirement("CL-17")]
public sealed class BatchesClientTests
{
    [Theory]
    [InlineData("null", 0)]
    [InlineData("""{"object":"list","data":[{"code":"c","message":"m","param":null,"line":3}]}""", 1)]
    [InlineData("""[{"code":"c","message":"m","line":3}]""", 1)]
    [InlineData("""{"code":"c","message":"m","line":3}""", 1)]
    [InlineData("[]", 0)]
    public async Task Errors_are_read_in_every_form(string errors, int count)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, $$$"""{"id":"batch_1","status":"brand_new","errors":{{{errors}}},"odd":1}""");
        using GroqClient client = Clients.For(server);

        Batch batch = await client.Batches.GetAsync("batch_1");

        (batch.Errors?.Count ?? 0).ShouldBe(count);
        if (count > 0)
            (batch.Errors![0].Code, batch.Errors[0].Message, batch.Errors[0].Line).ShouldBe(("c", "m", 3));
        batch.Status.Value.ShouldBe("brand_new");
        batch.Status.IsFinal.ShouldBeFalse();
        batch.AdditionalProperties!["odd"].GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task All_pages_are_listed_and_no_further_one_is_asked_for()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"object":"list","data":[{"id":"a"},{"id":"b"}],"paging":{"next_cursor":"x&y"}}""");
        server.Next(200, """{"object":"list","data":[],"paging":{"next_cursor":"z"}}""");
        server.Next(200, """{"object":"list","data":[{"id":"c"}],"paging":{"next_cursor":null}}""");
        using GroqClient client = Clients.For(server);

        var ids = new List<string>();
        await foreach (Batch batch in client.Batches.ListAsync())
            ids.Add(batch.Id);

        ids.ShouldBe(["a", "b", "c"]);
        server
            .Requests.Select(request => request.Target)
            .ShouldBe(["/openai/v1/batches", "/openai/v1/batches?cursor=x%26y", "/openai/v1/batches?cursor=z"]);
    }

    [Fact]
    public async Task A_cursor_that_comes_twice_ends_the_list_with_an_error()
    {
        await using StubServer server = await StubServer.StartAsync();
        for (int i = 0; i < 3; i++)
            server.Next(200, """{"data":[{"id":"a"}],"paging":{"next_cursor":"same"}}""");
        using GroqClient client = Clients.For(server);

        await Should.ThrowAsync<GroqServerException>(async () =>
        {
            await foreach (Batch _ in client.Batches.ListAsync())
            {
                // Only the end matters.
            }
        });

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Requests_become_an_uploaded_file_and_a_batch()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"id":"file_1"}""");
        server.Next(200, """{"id":"batch_1","status":"validating"}""");
        using GroqClient client = Clients.For(server);

        Batch batch = await client.Batches.SubmitAsync(
            [BatchItem.FromChat("a", Requests.Hello), BatchItem.FromChat("b", Requests.Hello)],
            new BatchSettings { CompletionWindow = "7d" }
        );

        batch.Id.ShouldBe("batch_1");
        server.Requests[0].Target.ShouldBe("/openai/v1/files");
        server.Requests[0].Body.ShouldContain("\"custom_id\":\"b\"");
        server.Requests[1].Body.ShouldContain("\"input_file_id\":\"file_1\"");
        server.Requests[1].Body.ShouldContain("\"completion_window\":\"7d\"");
    }

    [Fact]
    public async Task A_file_whose_batch_is_refused_is_deleted_again()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"id":"file_1"}""");
        server.Next(400, """{"error":{"message":"paid plans only"}}""");
        server.Next(200, """{"id":"file_1","deleted":true}""");
        using GroqClient client = Clients.For(server);

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            client.Batches.SubmitAsync([BatchItem.FromChat("a", Requests.Hello)])
        );

        error.Message.ShouldBe("paid plans only");
        (server.Requests[2].Method, server.Requests[2].Target).ShouldBe(("DELETE", "/openai/v1/files/file_1"));
    }
}

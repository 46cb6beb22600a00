using System.Globalization;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Api.OpenAi;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Faults;

/// <summary>Meets one fault, and checks what the caller, the account and the providers' logs have of it.</summary>
internal static class FaultTrial
{
    /// <returns>What the caller got, in a few words.</returns>
    public static async Task<string> RunAsync(FaultCell cell)
    {
        await using FaultStand stand = await FaultStand.StartAsync();
        stand.First.Faults.Set(cell.First, cell.Times);
        if (cell.Second is not null)
            stand.Second.Faults.Set(cell.Second);

        using HttpResponseMessage answer = await stand.AskAsync(cell.Streamed, cell.OnBreak);
        (string text, Exception? failure) = await answer.UntilBrokenAsync();
        UsageRecord record = await stand.Gateway.Usage.NextAsync();

        stand.Gateway.Usage.Waiting.ShouldBe(0, "one call, one account");
        CheckLogs(stand, record);
        switch (cell.Expected)
        {
            case "first" or "second":
                await CheckWholeAsync(stand, cell, answer, text, failure, record);
                return cell.Expected == "first" ? "whole answer" : "whole answer of the second provider";
            case "joint":
                await CheckJointAsync(stand, text, failure, record);
                return "one answer, begun by the first and ended by the second provider";
            case "restart":
                string[] halves = text.Split(": groqkit restart");
                halves.Length.ShouldBe(2);
                await CheckWholeAsync(stand, cell, answer, halves[1], failure, record);
                return "restart announced, then the whole answer of the second provider";
            default:
                CheckError(cell, answer, text, failure, record);
                return failure is null ? $"one error, {(int)answer.StatusCode}" : $"one error event, `{cell.Expected}`";
        }
    }

    // Every failure is a step of the trace; the one that the caller is told is in the account's own error.
    private static void CheckLogs(FaultStand stand, UsageRecord record)
    {
        int steps = record.Fallback?.Split(", ").Length ?? 0;
        bool lastIsAStep =
            record.Outcome != Outcome.Completed
            && record.Fallback?.Contains("upstream_", StringComparison.Ordinal) == true
            && record.Provider == "first";
        stand.Attempts.ShouldBe(lastIsAStep ? steps : steps + 1, record.Fallback ?? "no fallback");
    }

    private static async Task CheckWholeAsync(
        FaultStand stand,
        FaultCell cell,
        HttpResponseMessage answer,
        string text,
        Exception? failure,
        UsageRecord record
    )
    {
        string server = cell.Expected == "first" ? "first" : "second";
        failure.ShouldBeNull();
        ((int)answer.StatusCode).ShouldBe(200);
        JsonNode reference = await stand.ReferenceAsync(server);
        string words = reference["choices"]![0]!["message"]!["content"]!.GetValue<string>();
        if (cell.Streamed)
        {
            OnBreakTests.WordsOf(text).ShouldBe(words);
            text.ShouldEndWith("data: [DONE]\n\n");
            text.Split("[DONE]").Length.ShouldBe(2);
            text.ShouldNotContain("event: error");
        }
        else
        {
            JsonNode.Parse(text)!["choices"]![0]!["message"]!["content"]!.GetValue<string>().ShouldBe(words);
        }
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Provider.ShouldBe(server);
        if (cell.Expected == "restart")
            return;
        answer.Header("x-groqkit-provider").ShouldBe(server);
        (answer.Header("x-groqkit-fallback") is null).ShouldBe(server == "first");
        record.Estimated.ShouldBeFalse();
        record.Usage.Prompt.ShouldBe(reference["usage"]!["prompt_tokens"]!.GetValue<long>());
        record.Usage.Completion.ShouldBe(reference["usage"]!["completion_tokens"]!.GetValue<long>());
    }

    private static async Task CheckJointAsync(FaultStand stand, string text, Exception? failure, UsageRecord record)
    {
        failure.ShouldBeNull();
        text.ShouldEndWith("data: [DONE]\n\n");
        text.ShouldNotContain("event: error");
        string[] halves = text.Split(": groqkit continue");
        halves.Length.ShouldBe(2);
        string part = OnBreakTests.WordsOf(halves[0]);
        JsonNode asked = JsonNode.Parse(FaultStand.AskedOf(stand.Second).Single().BodyText)!;
        asked["messages"]![1]!["content"]!.GetValue<string>().ShouldBe(part);
        OnBreakTests.WordsOf(halves[1]).ShouldNotBeEmpty();
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Provider.ShouldBe("second");
        record.Estimated.ShouldBeTrue("the first provider did not say what it used");
        string whole = (await stand.ReferenceAsync("first"))["choices"]![0]!["message"]!["content"]!.GetValue<string>();
        part.Length.ShouldBeInRange(1, whole.Length - 1);
        whole.ShouldStartWith(part);
    }

    private static void CheckError(
        FaultCell cell,
        HttpResponseMessage answer,
        string text,
        Exception? failure,
        UsageRecord record
    )
    {
        record.Outcome.ShouldNotBe(Outcome.Completed);
        record.Error.ShouldNotBeNull();
        if ((int)answer.StatusCode != 200)
        {
            failure.ShouldBeNull();
            ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture).ShouldBe(cell.Expected);
            JsonNode.Parse(text)!["error"]!["message"]!.GetValue<string>().ShouldNotBeEmpty();
            return;
        }
        cell.Streamed.ShouldBeTrue("an error after status 200 is for streams only");
        failure.ShouldNotBeNull("the answer is left visibly unfinished");
        text.ShouldNotContain("[DONE]");
        string[] parts = text.Split("event: error\n");
        parts.Length.ShouldBe(2);
        StreamTests.AssertErrorEvent("event: error\n" + parts[1], cell.Expected, answer.Header("x-request-id"));
        record.Error.ShouldBe(cell.Expected);
        record.Provider.ShouldBe("first");
    }
}

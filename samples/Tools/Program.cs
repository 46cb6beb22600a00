// The model calls your methods until it knows enough to answer.
using System.ComponentModel;
using GroqKit;
using GroqKit.Catalog;
using GroqKit.Chat;

using var groq = new GroqClient(); // reads GROQ_API_KEY

ToolRun run = await groq.Chat.RunToolsAsync(
    new ChatRequest
    {
        Model = GroqModels.Qwen38, // calls several tools at once
        Messages = ["What is the weather in Oslo, and is there a train to Bergen this afternoon?"],
    },
    Tool.AllOf(new TravelDesk()),
    new ToolRunOptions
    {
        OnStep = (step, _) =>
        {
            foreach (ToolResult result in step.Results)
                Console.WriteLine($"  {result.Call.Function.Name}{result.Call.Function.Arguments} -> {result.Content}");
            return ValueTask.CompletedTask;
        },
    }
);

Console.WriteLine();
Console.WriteLine(run.Text);
Console.WriteLine();
Console.WriteLine($"{run.Steps.Sum(step => step.Results.Count)} calls, {run.Usage?.TotalTokens} tokens, {run.Ending}");

internal sealed class TravelDesk
{
    // An exception is told to the model, which may then try something else.
    [Description("Tells the current weather of a city.")]
    public Weather GetWeather([Description("The city, without its country")] string city) =>
        city.Length > 0 ? new Weather("light snow", -2) : throw new ArgumentException("Which city?", nameof(city));

    [Description("Lists the trains between two cities today.")]
    public async Task<IReadOnlyList<string>> FindTrainsAsync(
        string from,
        string to,
        CancellationToken cancellationToken
    )
    {
        await Task.Yield(); // here you would ask a server
        cancellationToken.ThrowIfCancellationRequested();
        return [$"{from} 12:03 -> {to} 18:38", $"{from} 16:03 -> {to} 22:51"];
    }
}

internal sealed record Weather(string Sky, int Celsius);

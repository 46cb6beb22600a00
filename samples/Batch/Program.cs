// Many questions at half the price, answered within a day: usually within minutes.
using GroqKit;
using GroqKit.Batches;
using GroqKit.Catalog;
using GroqKit.Chat;

string[] reviews =
[
    "Arrived a day early and works like a charm.",
    "The hinge broke in the first week.",
    "It is a kettle. It boils water.",
];

using var groq = new GroqClient(); // reads GROQ_API_KEY

// The file of requests is written, uploaded and checked for you.
Batch batch = await groq.Batches.SubmitAsync(
    reviews.Select(
        (review, number) =>
            BatchItem.FromChat(
                $"review-{number}",
                ChatRequest
                    .For(GroqModels.GptOss20B)
                    .System("Is the customer happy? Answer with yes, no or neither.")
                    .User(review)
                    .Build()
            )
    )
);
Console.WriteLine($"{batch.Id} is {batch.Status}");

BatchOutcome outcome = await groq.Batches.WaitAsync(
    batch.Id,
    new BatchWaitOptions { FirstDelay = TimeSpan.FromSeconds(1) },
    new Progress<Batch>(now => Console.WriteLine($"  {now.Status}: {now.RequestCounts?.Completed} of {reviews.Length}"))
);
Console.WriteLine($"{outcome.Ending}");
Console.WriteLine();

await foreach (BatchResult result in groq.Batches.ReadResultsInOrderAsync(outcome.Batch))
    Console.WriteLine($"{result.CustomId}: {result.Completion?.Text ?? result.Error?.Message}");

// A conversation: the model is told what was said before, however long it becomes.
using GroqKit;
using GroqKit.Catalog;
using GroqKit.Chat;

const string Model = GroqModels.GptOss20B;
string[] questions = ["Why is the sky blue?", "And why is it red in the evening?", "Explain that to a child of five."];

using var groq = new GroqClient(); // reads GROQ_API_KEY
Conversation talk = Conversation.Start("You answer in two sentences at most.");
int tokens = 0;

foreach (string question in questions)
{
    talk = talk.User(question);
    ChatRequest request = ChatRequest
        .For(Model)
        .Message(talk.Fit(Model).Messages) // drops the oldest turns once the model's window is full
        .Reasoning(ReasoningEffort.Low)
        .Build();

    ChatCompletion answer = await groq.Chat.CreateAsync(request);

    talk = talk.Add(answer);
    tokens += answer.Usage?.TotalTokens ?? 0;
    Console.WriteLine($"> {question}");
    Console.WriteLine(answer.Text);
    Console.WriteLine();
}

Console.WriteLine($"{questions.Length} answers, {tokens} tokens");

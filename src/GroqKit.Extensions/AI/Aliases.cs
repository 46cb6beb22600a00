// Both sides name the same things. Here the plain names are the ecosystem's, and those with "Groq" in front are the client's.
global using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
global using ChatRole = Microsoft.Extensions.AI.ChatRole;
global using GroqAnnotation = GroqKit.Chat.Annotation;
global using GroqChatMessage = GroqKit.Chat.ChatMessage;
global using GroqReasoningEffort = GroqKit.Chat.ReasoningEffort;
global using GroqReasoningFormat = GroqKit.Chat.ReasoningFormat;
global using GroqResponseFormat = GroqKit.Chat.ResponseFormat;
global using GroqRole = GroqKit.Chat.ChatRole;
global using ReasoningEffort = Microsoft.Extensions.AI.ReasoningEffort;

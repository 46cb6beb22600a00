// Both sides name the same things. Here the plain names are the ecosystem's.
global using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
global using ChatRole = Microsoft.Extensions.AI.ChatRole;
global using ReasoningEffort = Microsoft.Extensions.AI.ReasoningEffort;

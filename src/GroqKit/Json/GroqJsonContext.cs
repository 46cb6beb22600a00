using System.Text.Json.Serialization;
using GroqKit.Audio;
using GroqKit.Batches;
using GroqKit.Chat;
using GroqKit.Completions;
using GroqKit.Embeddings;
using GroqKit.Files;
using GroqKit.FineTunings;
using GroqKit.Models;
using GroqKit.Reranking;
using GroqKit.Responses;

namespace GroqKit.Json;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(IReadOnlyList<ContentPart>))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(Transcription))]
[JsonSerializable(typeof(SpeechRequest))]
[JsonSerializable(typeof(TranscriptionRequest))]
[JsonSerializable(typeof(TranslationRequest))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelInfo))]
[JsonSerializable(typeof(Deletion))]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingList))]
[JsonSerializable(typeof(RerankRequest))]
[JsonSerializable(typeof(Ranking))]
[JsonSerializable(typeof(FineTuningRequest))]
[JsonSerializable(typeof(FineTuning))]
[JsonSerializable(typeof(FineTuningList))]
[JsonSerializable(typeof(StoredFile))]
[JsonSerializable(typeof(FileList))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(BatchPage))]
[JsonSerializable(typeof(BatchError))]
[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(ResponseRequest))]
[JsonSerializable(typeof(IReadOnlyList<ResponseItem>))]
[JsonSerializable(typeof(IReadOnlyList<ResponsePart>))]
[JsonSerializable(typeof(Response))]
[JsonSerializable(typeof(ResponseEvent))]
internal sealed partial class GroqJsonContext : JsonSerializerContext;

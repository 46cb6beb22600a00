using System.Net.Http.Json;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Documents;

/// <summary>The files that commands in the documents name.</summary>
internal static class SampleFiles
{
    public static async Task WriteAsync(TempDirectory folder, SimulatorServer groq)
    {
        using var client = new HttpClient { BaseAddress = groq.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "gsk_documents");
        using HttpResponseMessage spoken = await client.PostAsJsonAsync(
            "openai/v1/audio/speech",
            new
            {
                model = "canopylabs/orpheus-v1-english",
                voice = "hannah",
                input = "Dinner is ready.",
                response_format = "wav",
            }
        );
        byte[] recording = await spoken.Content.ReadAsByteArrayAsync();
        foreach (string name in (string[])["recordings/monday.wav", "recordings/week/tuesday.wav"])
            await File.WriteAllBytesAsync(folder.At(name.Split('/')), recording);
        await File.WriteAllTextAsync(folder.At("reviews.csv"), "review\nIt boils water.\n\"Red, but wobbly.\"\n");
    }
}

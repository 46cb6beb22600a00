using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Bench.Gateway.Privacy;

/// <summary>What masking a prompt of 1 KB costs, beside what reading its JSON costs.</summary>
internal static class MaskingBench
{
    private const int Calls = 20_000;
    private const int Rounds = 7;
    private const int PromptBytes = 1024;

    private const string Plain =
        "The quick brown fox jumps over the lazy dog, and in 2024 it did so 17 times; nobody knows why, though many asked. ";

    private const string Personal =
        "Please write to anna.muster@example.com or call +49 151 23456789, the card is 4111 1111 1111 1111, thanks. ";

    public static void Run(TimeProvider time)
    {
        var scanner = new PersonalDataScanner(PersonalDataScanner.Usual);
        foreach ((string name, string text) in new[] { ("plain", Plain), ("personal", Personal) })
        {
            byte[] body = Body(text);
            (double read, _) = Measure(time, () => Read(body));
            (double look, _) = Measure(time, () => InvisibleText.MayBeIn(body));
            (double mask, long bytes) = Measure(time, () => Mask(body, scanner));
            Console.WriteLine(
                $"{name, -9} {body.Length} B: reading the JSON {read:0.00} us, looking for invisible text {look:0.00} us, masking {mask:0.00} us ({mask / read:0.0} x), {bytes} B allocated"
            );
        }
    }

    private static byte[] Body(string text)
    {
        var prompt = new StringBuilder();
        while (prompt.Length < PromptBytes)
            prompt.Append(text);
        prompt.Length = PromptBytes;
        return Encoding.UTF8.GetBytes(
            $$"""{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"{{prompt}}"}]}"""
        );
    }

    private static void Read(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read()) { }
    }

    private static void Mask(byte[] body, PersonalDataScanner scanner)
    {
        var masks = new Masks(placeholder => body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(placeholder)) >= 0);
        _ = JsonTexts.Rewrite(body, new InputTexts(sanitises: true, new TextMasker(scanner, masks), refuses: false));
    }

    // The median of the rounds; the first warms up.
    private static (double Microseconds, long Bytes) Measure(TimeProvider time, Action call)
    {
        var rounds = new List<double>();
        long bytes = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = time.GetTimestamp();
            for (int i = 0; i < Calls; i++)
                call();
            TimeSpan taken = time.GetElapsedTime(start);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
            if (round > 0)
                rounds.Add(taken.TotalMicroseconds / Calls);
        }
        rounds.Sort();
        return (rounds[Rounds / 2], bytes);
    }
}

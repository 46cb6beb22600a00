using System.Net;
using System.Net.Http.Json;

namespace GroqKit.Documents;

/// <summary>The guide to a new endpoint is followed to the letter in a copy of the sources, which is built, started and called.</summary>
[Requirement("DL-03")]
public sealed class EditTests
{
    private const string Admin = "a-key-for-the-documents";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Kept between runs, so that only what changed is compiled again.
    private static readonly string Copy = Repository.At("artifacts", "guide");

    [Fact]
    public async Task A_gateway_with_the_edits_serves_the_new_endpoint()
    {
        CopySources();
        foreach (Block block in Block.All.Where(block => block.Fate == "edit"))
            Put(block);
        await Command.SucceedAsync(
            "dotnet",
            [
                "build",
                Path.Combine("src", "GroqKit.Gateway"),
                "--configuration",
                "Release",
                "-property:RunAnalyzers=false",
                "--verbosity",
                "quiet",
                "--nologo",
            ],
            Copy,
            ("MSBUILDDISABLENODEREUSE", "1")
        );
        await using StubServer provider = await StubServer.StartAsync();
        provider.Next(200, """{"id":"modr-1","model":"some-model","results":[{"flagged":false}]}""");
        using var data = new TempDirectory();
        await using ListeningProgram gateway = await ListeningProgram.StartAsync(
            "dotnet",
            [
                Path.Combine(Copy, "artifacts", "bin", "GroqKit.Gateway", "release", "GroqKit.Gateway.dll"),
                "--urls",
                "http://127.0.0.1:0",
            ],
            data.FullPath,
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("GROQKIT_ADMIN_KEY", Admin),
            ("GROQ_API_KEY", "gsk_documents"),
            ("GROQ_BASE_URL", provider.Address)
        );
        using var client = new HttpClient { BaseAddress = gateway.Address, Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Admin);

        using HttpResponseMessage answer = await client.PostAsJsonAsync(
            "v1/moderations",
            new { model = "some-model", input = "Hello" }
        );
        using HttpResponseMessage refused = await client.PostAsJsonAsync(
            "v1/moderations",
            new { model = "some-model" }
        );

        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        text.ShouldContain("\"flagged\":false");
        provider.Requests.Single().Target.ShouldEndWith("/moderations");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("\"param\":\"input\"");
    }

    private static void CopySources()
    {
        string[] files =
        [
            // What a gateway wrote that was run from its sources is none of them.
            .. Repository.Files("src", "*").Where(file => !file.Contains("/data/", StringComparison.Ordinal)),
            .. Directory.EnumerateFiles(Repository.Root, "Directory.*"),
            Repository.At("eng", "BannedSymbols.txt"),
            Repository.At("eng", "icon.png"),
            Repository.At("global.json"),
            Repository.At(".editorconfig"),
        ];
        string[] wanted = [.. files.Select(file => Path.GetRelativePath(Repository.Root, file))];
        if (Directory.Exists(Path.Combine(Copy, "src")))
        {
            foreach (
                string old in Directory.EnumerateFiles(Path.Combine(Copy, "src"), "*", SearchOption.AllDirectories)
            )
            {
                if (!wanted.Contains(Path.GetRelativePath(Copy, old), StringComparer.Ordinal))
                    File.Delete(old);
            }
        }
        foreach (string file in wanted)
        {
            string to = Path.Combine(Copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            if (
                !File.Exists(to)
                || !File.ReadAllBytes(to).AsSpan().SequenceEqual(File.ReadAllBytes(Repository.At(file)))
            )
                File.Copy(Repository.At(file), to, overwrite: true);
        }
    }

    /// <summary>Where a reader puts it: before the first of its siblings, which is the line that begins most like it.</summary>
    private static void Put(Block block)
    {
        string file = Path.Combine(Copy, block.Argument);
        List<string> lines = [.. File.ReadAllLines(file)];
        string first = block.Text.Split('\n')[0];
        int sibling = Enumerable.Range(0, lines.Count).MaxBy(at => Alike(lines[at].TrimStart(), first));
        lines.Insert(sibling, block.Text);
        File.WriteAllLines(file, lines);
    }

    private static int Alike(string line, string other) =>
        line.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
}

using System.Text.RegularExpressions;

namespace GroqKit.Documents;

/// <summary>
/// Runs the commands that a document shows, as they stand, in bash. What is replaced: keys and ids that a reader fills in, the ports of servers, and
/// <c>dotnet run</c>, which starts the program that was built with these tests instead of building it again.
/// </summary>
internal static partial class Shell
{
    // Every command has to succeed, and every answer over HTTP too.
    private const string Functions = """
        set -euo pipefail
        ROOT='REPOSITORY'
        curl() { command curl --fail-with-body --max-time 30 "$@"; }
        dotnet() {
            [ "$1" = run ] || { command dotnet "$@"; return; }
            shift
            local project=''
            while [ $# -gt 0 ]; do
                case $1 in
                    -c) shift 2 ;;
                    --project) project=$2; shift 2 ;;
                    --) shift; break ;;
                    *) break ;;
                esac
            done
            # What dotnet run takes from launchSettings.json.
            [ -e "$ROOT/$project/Properties/launchSettings.json" ] && export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-Development}
            local name=$(basename "$project")
            # The ports of the documents may be taken on this machine.
            if [ -n "${FREE_PORT:-}" ] && [[ " $* " != *" --urls "* ]]; then set -- "$@" --urls http://127.0.0.1:0; fi
            command dotnet "$ROOT/artifacts/bin/$name/CONFIGURATION/$name.dll" "$@"
        }
        groqkit() { dotnet run --project src/GroqKit.Cli -- "$@"; }

        """;

    private const string Api = """
        api() { curl -sS -H "Authorization: Bearer $ADMIN" -H "Content-Type: application/json" "$@"; }

        """;

    private static string Configuration =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The script of a block.</summary>
    /// <param name="replaced">Texts of the block, and what stands for them here.</param>
    public static string Script(Block block, params (string Shown, string Here)[] replaced) =>
        Head()
        + Api
        + replaced.Aggregate(block.Text, (text, one) => text.Replace(one.Shown, one.Here, StringComparison.Ordinal));

    /// <summary>What every script begins with.</summary>
    public static string Head() =>
        Functions
            .Replace("CONFIGURATION", Configuration, StringComparison.Ordinal)
            .Replace("REPOSITORY", Repository.Root, StringComparison.Ordinal);

    public static Task<Command> RunInAsync(
        string folder,
        string script,
        params (string Name, string? Value)[] environment
    ) => Command.RunAsync("bash", ["-c", script], folder, [.. Nobody, .. environment]);

    /// <summary>Settings of whoever runs the tests are none of the script's.</summary>
    public static (string Name, string? Value)[] Nobody =>
        [
            .. Environment
                .GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Where(name => Theirs().IsMatch(name))
                .Select(name => (name, (string?)null)),
        ];

    [GeneratedRegex(
        "^(GROQ|OPENAI_|ELEVENLABS_|ASPNETCORE_|DOTNET_ENVIRONMENT|OTEL_)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Theirs();
}

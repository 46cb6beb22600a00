namespace GroqKit.Cli.Completion;

/// <summary>A shell, and what it has to read so that it completes our command lines.</summary>
/// <param name="Name">The shell.</param>
/// <param name="Install">How somebody switches it on.</param>
/// <param name="Text">The script. It asks the program, so it fits every version of it.</param>
internal sealed record ShellScript(string Name, string Install, string Text)
{
    public static IReadOnlyList<ShellScript> All { get; } =
    [
        new(
            "bash",
            "source <(groqkit completion bash)                       in ~/.bashrc",
            """
            _groqkit() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(groqkit complete "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _groqkit groqkit
            """
        ),
        new(
            "zsh",
            "source <(groqkit completion zsh)                        in ~/.zshrc, after compinit",
            """
            _groqkit() {
                local -a found
                found=("${(@f)$(groqkit complete "${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
                found=(${found:#})
                if (( ${#found} )); then compadd -a found; else _files; fi
            }
            compdef _groqkit groqkit
            """
        ),
        new(
            "fish",
            "groqkit completion fish | source                        in ~/.config/fish/config.fish",
            """
            complete --command groqkit --arguments '(groqkit complete (commandline --cut-at-cursor --current-process | string collect) 2>/dev/null)'
            """
        ),
        new(
            "pwsh",
            "groqkit completion pwsh | Out-String | Invoke-Expression     in $PROFILE",
            """
            Register-ArgumentCompleter -Native -CommandName groqkit -ScriptBlock {
                param($word, $line, $position)
                $typed = $line.ToString()
                if ($position -gt $typed.Length) { $typed = $typed.PadRight($position) }
                groqkit complete $typed.Substring(0, $position) | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """
        ),
    ];
}

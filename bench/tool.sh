# Sourced by the benches that are one program: builds it, unless it is given, and runs it with the names of what is to be measured.
# run_tool PROJECT "NAME..." [--rounds N] [--tool EXE] [NAME...]
run_tool() {
    local project=$1 known=$2 script rounds=() names=() tool=
    script=bench/$(basename "$0")
    shift 2
    while [ $# -gt 0 ]; do
        case $1 in
            --rounds)
                [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || { echo "$script: --rounds needs a number" >&2; exit 2; }
                rounds=(--rounds "$2")
                shift
                ;;
            --tool) tool=$(realpath "${2:?--tool needs a path}"); shift ;;
            -*) echo "$script: unknown option $1 (see the head of the file)" >&2; exit 2 ;;
            *)
                [[ " $known " == *" $1 "* ]] || { echo "$script: there is no $1, only $known" >&2; exit 2; }
                names+=("$1")
                ;;
        esac
        shift
    done
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    if [ -z "$tool" ]; then
        dotnet build "bench/$project" --configuration Release --nologo --verbosity quiet >&2
        tool=$PWD/artifacts/bin/$project/release/$project
    fi
    echo "$(nproc) cores" >&2
    exec "$tool" "${names[@]}" "${rounds[@]}"
}

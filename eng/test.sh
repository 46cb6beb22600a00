#!/usr/bin/env bash
# Installs what is missing, builds, checks the format, runs every test, and ends with one line:
#   N passed, N failed, N skipped
# Works on a Debian machine that has only the .NET SDK. Options:
#   --no-install   skip the installation of Debian packages
#   --only NAME    run only the test projects whose name contains NAME
set -uo pipefail
cd "$(dirname "$0")/.."

install=1 only=""
while [ $# -gt 0 ]; do
    case $1 in
        --no-install) install=0 ;;
        --only) only=${2:?--only needs a name}; shift ;;
        *) echo "eng/test.sh: unknown option $1 (see the head of the file)" >&2; exit 2 ;;
    esac
    shift
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export TERM=${TERM:-dumb}

passed=0 failed=0 skipped=0
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
finish() {
    # Last, because who reads the end of a long output looks for exactly this.
    [ ! -s "$results/failures" ] || { echo "== Failed"; cat "$results/failures"; }
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit $?
}
# A step that is not a test counts as one failure when it breaks, so that the last line tells the truth.
step() {
    local title=$1
    shift
    echo "== $title"
    if ! "$@"; then
        echo "!! $title failed"
        failed=$((failed + 1))
        finish
    fi
}

install_packages() {
    local missing=()
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
    command -v curl >/dev/null || missing+=(curl)
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
    command -v redis-server >/dev/null || missing+=(redis-server)
    command -v chromium >/dev/null || missing+=(chromium)
    [ ${#missing[@]} -eq 0 ] && return 0
    if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
        echo "   not installed, and not ours to install here: ${missing[*]}; the tests that need them are skipped"
        return 0
    fi
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

command -v dotnet >/dev/null || { echo "eng/test.sh: the .NET SDK is missing (see global.json for the version)" >&2; failed=1; finish; }

# The accessibility checks of the dashboard's tests; without npm they are skipped.
fetch_axe() {
    [ -e artifacts/axe/package/axe.min.js ] || ! command -v npm >/dev/null && return 0
    mkdir -p artifacts/axe
    (cd artifacts/axe && npm pack axe-core@4.10.3 --silent >/dev/null && tar xzf axe-core-*.tgz) ||
        echo "   axe-core can't be had here; the checks that need it are skipped"
}

[ $install -eq 1 ] && step "Packages of the system" install_packages && step "axe-core" fetch_axe
step "Restore, locked" dotnet restore GroqKit.slnx --locked-mode --verbosity quiet
step "Tools" dotnet tool restore --verbosity quiet
step "Format" dotnet csharpier check .
step "Build, warnings are errors" dotnet build GroqKit.slnx --configuration Release --no-restore --verbosity quiet --nologo \
    -p:RunAnalyzersDuringBuild=true

# What a test program says of its failed tests, without what the programs under test wrote in between.
failures_in() {
    awk '/^    [^ ].* \[FAIL\]$/ { said = 1 }
         /^    [^ ]/ && !/ \[FAIL\]$/ { said = 0 }
         /^    / && said && said++ <= 30 { print substr($0, 1, 400) }' "$1"
}

# xunit.v3 test projects are programs: run each, and take the counts from its summary line.
run_project() {
    local name=$1 program=artifacts/bin/$1/release log=$results/$1.log summary
    program=$(find "$program" -maxdepth 1 -type f -executable -name '*Tests' -o -maxdepth 1 -type f -executable -name 'GroqKit.EndToEnd' | head -n 1)
    echo "== Test $name"
    if [ -z "$program" ]; then
        echo "!! $name has no test program"
        failed=$((failed + 1))
        return
    fi
    "$program" -noColor -noLogo -xml "$results/$name.xml" >"$log" 2>&1
    local code=$?
    summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
    if [ -z "$summary" ]; then
        echo "!! $name ended with exit code $code and no summary:"
        tail -n 40 "$log"
        failed=$((failed + 1))
        return
    fi
    count() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$summary"; }
    local total errors bad skip
    total=$(count Total) errors=$(count Errors) bad=$(count Failed) skip=$(count Skipped)
    passed=$((passed + total - bad - skip))
    failed=$((failed + bad + errors))
    skipped=$((skipped + skip))
    if [ "$code" -ne 0 ] && [ $((bad + errors)) -eq 0 ]; then
        failed=$((failed + 1))
        echo "!! $name: exit code $code without a failed test"
    fi
    echo "   $total run, $((bad + errors)) failed, $skip skipped"
    [ "$code" -eq 0 ] && return
    failures_in "$log" | tee -a "$results/failures"
    [ "$bad" -gt 0 ] || tail -n 40 "$log"
}

for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    grep -q '<OutputType>Library' "$project" && continue
    [ "$name" = GroqKit.TestKit ] && continue
    [ -n "$only" ] && [[ $name != *"$only"* ]] && continue
    run_project "$name"
done
finish

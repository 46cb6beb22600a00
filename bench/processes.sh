# Sourced by the benches that start processes: their ports, their logs, and their end with the script. Sets $work, a folder that goes
# with it. Everything listens on loopback.
export PATH=$PATH:/usr/sbin DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

work=$(mktemp -d)
declare -A pid port
cleanup() {
    trap - EXIT INT TERM
    [ ${#pid[@]} -eq 0 ] || kill -CONT "${pid[@]}" 2>/dev/null || true
    [ ${#pid[@]} -eq 0 ] || kill "${pid[@]}" 2>/dev/null || true
    for ((i = 0; i < 50; i++)); do
        [ ${#pid[@]} -gt 0 ] && kill -0 "${pid[@]}" 2>/dev/null || break
        sleep 0.1
    done
    [ ${#pid[@]} -eq 0 ] || kill -KILL "${pid[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# fail TEXT [LOG...]: says why the bench ends, with the last lines of what the processes wrote.
fail() {
    echo "bench/$(basename "$0"): $1" >&2
    shift
    [ $# -eq 0 ] || tail -n 20 "$@" >&2 2>/dev/null || true
    exit 1
}

# install PACKAGE:COMMAND...: what is missing, on Debian and as root.
install() {
    local wanted missing=()
    for wanted in "$@"; do
        command -v "${wanted#*:}" >/dev/null || missing+=("${wanted%%:*}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        fail "please install ${missing[*]}"
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build() { dotnet build "$1" --configuration Release --nologo --verbosity quiet >&2; }

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local candidate
    while :; do
        # Below the range that outgoing connections take theirs from.
        candidate=$((20000 + RANDOM % 12000))
        listens "$candidate" || break
    done
    echo "$candidate"
}

# start NAME COMMAND...: runs it in the folder $work with its own log, and waits until its port is open.
start() {
    local name=$1
    shift
    (cd "$work" && exec "$@") >"$work/$name.log" 2>&1 </dev/null &
    pid[$name]=$!
    for ((i = 0; i < 300; i++)); do
        listens "${port[$name]}" && return 0
        kill -0 "${pid[$name]}" 2>/dev/null || break
        sleep 0.1
    done
    fail "$name did not start:" "$work/$name.log"
}

# start_postgres: a server on ${port[postgres]} with its data in $work/postgres, which is synced to the disk as in earnest.
start_postgres() {
    local bin as=()
    bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || fail "please install postgresql"
    if [ ! -d "$work/postgres" ]; then
        mkdir "$work/postgres"
        chmod 755 "$work"
        port[postgres]=$(free_port)
    fi
    # It refuses to run as root; Debian's package makes this user.
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$work/postgres"
        as=(setpriv --reuid=postgres --regid=postgres --init-groups --)
    fi
    [ -e "$work/postgres/PG_VERSION" ] ||
        "${as[@]}" "$bin/initdb" -D "$work/postgres" -U groqkit -A trust -E UTF8 --locale=C.UTF-8 >"$work/initdb.log" 2>&1 ||
        fail "initdb failed:" "$work/initdb.log"
    start postgres "${as[@]}" "$bin/postgres" -D "$work/postgres" -p "${port[postgres]}" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c logging_collector=off
    postgres="Host=127.0.0.1;Port=${port[postgres]};Username=groqkit;Database=postgres"
    for ((i = 0; i < 100; i++)); do
        "$bin/pg_isready" -q -h 127.0.0.1 -p "${port[postgres]}" && return 0
        sleep 0.1
    done
    fail "postgres did not start:" "$work/postgres.log"
}

# Microseconds of CPU of a process and its children so far; the kernel counts in hundredths of a second.
tick=$((1000000 / $(getconf CLK_TCK)))
cpu() {
    local stat fields total=0 child
    stat=$(<"/proc/$1/stat")
    read -ra fields <<<"${stat##*) }"
    total=$(((fields[11] + fields[12] + fields[13] + fields[14]) * tick))
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
        total=$((total + $(cpu "$child")))
    done
    echo "$total"
}

# Kilobytes of memory that a process and its children hold.
resident() {
    local total child
    total=$(awk '/^VmRSS:/ { print $2 }' "/proc/$1/status")
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do
        total=$((total + $(resident "$child")))
    done
    echo "$total"
}

# metric ADDRESS NAME: the sum of a metric's series on a gateway's page.
metric() { curl -sf "$1/metrics" | awk -v name="$2" '$1 == name || index($1, name "{") == 1 { sum += $NF } END { printf "%d\n", sum }'; }

# limited_key ADDRESS ADMINKEY [free]: makes a caller key with limits that a load never meets, on cost too unless it says free, and prints it.
limited_key() {
    local answer cost=', "cost": {"month": 1000000000}'
    [ "${3:-}" != free ] || cost=
    answer=$(curl -sf -H "Authorization: Bearer $2" -H 'Content-Type: application/json' "$1/api/keys" --data '{
        "name": "bench", "role": "caller",
        "limits": {"requests": {"minute": 1000000000}, "tokens": {"day": 1000000000}'"$cost"'}
    }') || fail "the gateway makes no key"
    [[ $answer =~ \"key\":\"([^\"]+)\" ]] || fail "the gateway's answer holds no key: $answer"
    echo "${BASH_REMATCH[1]}"
}

# settings_for ADDRESS: sets the administrator's $key and the $settings of a gateway in front of a provider.
settings_for() {
    key=gk-bench-0123456789abcdef0123456789abcdef
    settings=(GROQ_API_KEY=gsk_bench GROQ_BASE_URL="$1" GROQKIT_ADMIN_KEY="$key"
        ASPNETCORE_ENVIRONMENT=Production DOTNET_ENVIRONMENT=Production)
}

# start_upstream: builds the load generator ($tool) and starts it as the provider ($upstream); sets $key and $settings for it.
start_upstream() {
    tool=$PWD/artifacts/bin/GroqKit.Bench.Gateway/release/GroqKit.Bench.Gateway
    build bench/GroqKit.Bench.Gateway
    port[upstream]=$(free_port)
    upstream=http://127.0.0.1:${port[upstream]}
    start upstream "$tool" upstream --port "${port[upstream]}"
    settings_for "$upstream"
}

# build_gateway: builds $gateway_exe unless it is given.
build_gateway() {
    [ -z "$gateway_exe" ] || return 0
    build src/GroqKit.Gateway
    gateway_exe=$PWD/artifacts/bin/GroqKit.Gateway/release/GroqKit.Gateway
}

# place_gateway: builds it, and chooses where it will listen ($gateway).
place_gateway() {
    build_gateway
    port[gateway]=$(free_port)
    gateway=http://127.0.0.1:${port[gateway]}
}

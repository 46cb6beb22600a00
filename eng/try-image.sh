#!/usr/bin/env bash
# Tries what deploy/Containerfile builds on a Debian without a container engine, as root:
#   eng/publish.sh && eng/try-image.sh
# Lays out a root with the files of the image's packages and the published gateway, mounts it read-only, and starts the gateway in it as
# the image's user, without capabilities, over a simulator outside. What an engine adds (layers, its network, its own health checks) is not tried.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "eng/try-image.sh: mounting needs root" >&2; exit 1; }
published=$PWD/artifacts/publish/gateway
[ -x "$published/GroqKit.Gateway" ] || { echo "eng/try-image.sh: eng/publish.sh comes first" >&2; exit 1; }

work=$(mktemp -d) simulator='' gateway=''
root=$work/root
touch "$work/simulator.log" "$work/gateway.log"
finish() {
    for process in $simulator $gateway; do
        kill -KILL "$process" && wait "$process" || true
    done 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
fail() { echo "eng/try-image.sh: $1" >&2; cat "$work/gateway.log" >&2; exit 1; }

# What the image names, and what these depend on.
mkdir --parents "$root"/usr/{bin,sbin,lib,lib64}
for folder in bin sbin lib lib64; do ln --symbolic "usr/$folder" "$root/$folder"; done
packages=(base-files libc6 libgcc-s1 libstdc++6 libssl3 openssl ca-certificates tzdata)
{ dpkg --listfiles "${packages[@]}"; echo /etc/ssl/certs/ca-certificates.crt; } |
    grep --extended-regexp --line-regexp --invert-match '/(bin|sbin|lib|lib64|\.)' | sort --unique | tar --create --no-recursion --files-from - 2>/dev/null | tar --extract --directory "$root" 2>/dev/null || true
mkdir -p "$root"/{opt/groqkit,proc,dev,tmp,var/lib/groqkit} "$work/data"
cp --recursive "$published/." "$root/opt/groqkit"
echo 'groqkit:x:10001:10001::/nonexistent:/usr/sbin/nologin' >"$root/etc/passwd"
chown 10001:10001 "$work/data" && chmod 0700 "$work/data"
echo "root: $(du --summarize --human-readable "$root" | cut -f1), of which the gateway $(du --summarize --human-readable "$published" | cut -f1)"

dotnet build src/GroqKit.Simulator --configuration Release --verbosity quiet --nologo >/dev/null
dotnet artifacts/bin/GroqKit.Simulator/release/GroqKit.Simulator.dll --urls http://127.0.0.1:0 >"$work/simulator.log" &
simulator=$!
until grep --quiet --no-messages 'http://127' "$work/simulator.log"; do kill -0 $simulator; sleep 0.1; done
groq=$(grep --only-matching --max-count=1 'http://127[0-9.:]*[0-9]' "$work/simulator.log")

# As an engine does: nothing of this environment, the root read-only, one volume to write to, the image's user, no capabilities.
inside() {
    exec env --ignore-environment PATH="$PATH" ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS=http://127.0.0.1:0 \
        GroqKit__DataDirectory=/var/lib/groqkit GROQKIT_LOGS=json DOTNET_EnableDiagnostics=0 \
        GROQ_API_KEY=gsk_image GROQ_BASE_URL="$groq" GROQKIT_ADMIN_KEY=a-key-to-try-the-image \
        unshare --mount bash -c '
            root=$1 data=$2 && shift 2
            mount --bind "$root" "$root"
            mount --bind "$data" "$root/var/lib/groqkit"
            mount --rbind /dev "$root/dev"
            mount -t proc proc "$root/proc"
            mount --options remount,bind,ro "$root"
            exec setpriv --bounding-set=-all,+sys_chroot,+setuid,+setgid,+dac_override --inh-caps=-all --no-new-privs \
                unshare --root="$root" --setgid=10001 --setuid=10001 --wd=/var/lib/groqkit -- "$@"
        ' _ "$root" "$work/data" "$@"
}
inside /opt/groqkit/GroqKit.Gateway >"$work/gateway.log" 2>&1 &
gateway=$!
until address=$(grep --only-matching --max-count=1 'http://127[0-9.:]*[0-9]' "$work/gateway.log"); do
    kill -0 "$gateway" 2>/dev/null || fail "the gateway ended"
    sleep 0.1
done
(inside /opt/groqkit/GroqKit.Gateway health "$address") >/dev/null || fail "the health check fails"
echo "health: ready"

status=/proc/$gateway/status
grep --quiet '^Uid:\s10001\s10001' "$status" || fail "it runs as $(grep '^Uid' "$status")"
grep --quiet '^CapEff:\s0*$' "$status" || fail "it has capabilities: $(grep '^CapEff' "$status")"
awk '$5 == "/" { root = $6 } END { exit root !~ /^ro(,|$)/ }' "/proc/$gateway/mountinfo" || fail "its root can be written to"
echo "user 10001, no capabilities, read-only root"

answer=$(curl --silent --show-error --fail-with-body --no-buffer "$address"/v1/chat/completions \
    --header 'Authorization: Bearer a-key-to-try-the-image' --header 'Content-Type: application/json' \
    --data '{"model":"openai/gpt-oss-20b","stream":true,"messages":[{"role":"user","content":"Say hello."}]}') || fail "a call failed: $answer"
[[ $answer == *'data: [DONE]'* ]] || fail "the stream doesn't end: $answer"
echo "a streamed answer of $(grep --count '^data: {' <<<"$answer") chunks"

kill -TERM "$gateway"
wait "$gateway" && code=0 || code=$?
[ "$code" = 0 ] || fail "it ended with $code"
gateway=''
ls "$work/data" | tr '\n' ' '
echo "were left in the volume; stopped by SIGTERM with exit code 0"

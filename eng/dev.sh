#!/usr/bin/env bash
# The gateway with the built-in simulator, rebuilt and restarted (or patched in place) at each change of its source:
#   eng/dev.sh [--seed] [arguments of the gateway]
# http://127.0.0.1:8080, admin key "dev-admin-key-0123456789"; data below artifacts/dev. --seed fills it with eng/seed.sh once it answers.
set -euo pipefail
cd "$(dirname "$0")/.."
seed=0
[ "${1:-}" = --seed ] && { seed=1; shift; }
export ASPNETCORE_ENVIRONMENT=Development GROQKIT_ADMIN_KEY=${GROQKIT_ADMIN_KEY:-dev-admin-key-0123456789}
export GroqKit__DataDirectory="$PWD/artifacts/dev" DOTNET_WATCH_RESTART_ON_RUDE_EDIT=1
mkdir -p artifacts/dev
if [ $seed -eq 1 ]; then
    (
        until curl --silent --fail --output /dev/null http://127.0.0.1:8080/health/ready; do sleep 1; done
        ./eng/seed.sh
    ) &
    trap 'kill %1 2>/dev/null' EXIT
fi
dotnet watch --project src/GroqKit.Gateway --non-interactive run -- "$@"

#!/usr/bin/env bash
# What the provider layer adds to the client, how far its estimates are off, and how much of a limit it uses; see README.md for how to read it.
#   bench/providers.sh [options] [NAME...]
#     NAME        calls, estimate, limits; default all
#     --rounds N  rounds of calls; in each everything is measured once, in turn; default 15
#     --tool EXE  measure this build of the benchmark instead of building the one here, to compare with what was before
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/tool.sh
run_tool GroqKit.Bench.Providers "calls estimate limits" "$@"

#!/usr/bin/env bash
# The client against the official OpenAI client and a bare HttpClient, in one run; see README.md for how to read it.
#   bench/client.sh [options] [NAME...]
#     NAME        calls, in-flight, throughput, deadlines, stream, upload; default all
#     --rounds N  rounds; in each everything is measured once, in turn; default 15, for throughput 7
#     --tool EXE  measure this build of the benchmark instead of building the one here, to compare with what was before
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/tool.sh
run_tool GroqKit.Bench.Client "calls in-flight throughput deadlines stream upload" "$@"

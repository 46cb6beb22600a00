#!/usr/bin/env bash
# Fills a running gateway with something to look at: agents, a key with limits, and calls that went well, badly, and were refused.
#   eng/seed.sh [http://127.0.0.1:8080]      with GROQKIT_ADMIN_KEY in the environment, or the one of eng/dev.sh
# What is there already stays as it is, so it can be run again.
set -euo pipefail
gateway=${1:-http://127.0.0.1:8080}
admin=${GROQKIT_ADMIN_KEY:-dev-admin-key-0123456789}
call() { # METHOD PATH KEY [JSON]; prints the answer, whatever its status
    curl --silent --show-error --request "$1" "$gateway$2" --header "Authorization: Bearer $3" \
        --header "Content-Type: application/json" ${4:+--data "$4"}
}
ask() { call POST /v1/chat/completions "$1" "$2" >/dev/null; }

curl --silent --fail --output /dev/null "$gateway/health/ready" || { echo "eng/seed.sh: nothing is ready at $gateway" >&2; exit 1; }
for agent in support sales tutor; do
    call POST /api/agents "$admin" "{\"name\":\"$agent\"}" >/dev/null
    call PUT "/api/agents/$agent/providers/llm" "$admin" '{"provider":"groq","model":"openai/gpt-oss-120b","config":{"temperature":0.3},
        "fallback":[{"provider":"groq","model":"openai/gpt-oss-20b"}]}' >/dev/null
done
made=$(call POST /api/keys "$admin" "{\"name\":\"team-$(date +%s)\",\"role\":\"caller\",\"limits\":{\"requests\":{\"minute\":30}}}")
key=$(sed -n 's/.*"key":"\([^"]*\)".*/\1/p' <<<"$made")
[ -n "$key" ] || { echo "eng/seed.sh: no key was made: $made" >&2; exit 1; }

for agent in support sales tutor; do
    for question in "Where is my parcel?" "What does it cost?" "Explain tides in one sentence." "Say hello."; do
        ask "$key" "{\"model\":\"agent/$agent\",\"messages\":[{\"role\":\"user\",\"content\":\"$question\"}]}"
        ask "$key" "{\"model\":\"agent/$agent\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"$question\"}]}"
    done
done
ask "$key" '{"model":"groq/sim/503","messages":[{"role":"user","content":"This one fails."}]}'
ask "$key" '{"model":"openai/gpt-oss-20b","temperature":9,"messages":[{"role":"user","content":"This one is refused."}]}'
for _ in $(seq 10); do ask "$key" '{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"The last of these meet the limit."}]}'; done
call GET "/api/usage/summary?groupBy=model" "$admin"
echo

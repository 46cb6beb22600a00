#!/usr/bin/env bash
# Rewrites docs/groqkit.schema.json, the schema of the gateway's configuration file, from the settings that the gateway reads.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build src/GroqKit.Gateway --configuration Release --verbosity quiet --nologo
dotnet artifacts/bin/GroqKit.Gateway/release/GroqKit.Gateway.dll config schema --environment=Development > docs/groqkit.schema.json

#!/usr/bin/env bash
# Rewrites docs/faults.md from the trials of the gateway's faults.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/GroqKit.Gateway.Tests --configuration Release --verbosity quiet --nologo
GROQKIT_WRITE_FAULTS=1 artifacts/bin/GroqKit.Gateway.Tests/release/GroqKit.Gateway.Tests -noLogo -noColor \
    -method "*The_page_of_faults_is_what_the_trials_say"

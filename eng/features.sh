#!/usr/bin/env bash
# Rewrites docs/features.md from the [Requirement] attributes of the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/EndToEnd --configuration Release --verbosity quiet --nologo
GROQKIT_WRITE_FEATURES=1 artifacts/bin/EndToEnd/release/GroqKit.EndToEnd -noLogo -noColor \
    -method "*The_page_of_features_is_what_the_tests_say"

#!/usr/bin/env bash
# Rewrites docs/api, the public API of every package as a text file each, and docs/reference, what the comments say about it.
# What changes in docs/api is to be reviewed.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/PublicApi --configuration Release --verbosity quiet --nologo
GROQKIT_UPDATE_API=1 artifacts/bin/PublicApi.Tests/release/PublicApi.Tests -noLogo -noColor \
    -method "*A_package_promises_what_its_file_says" -method "*The_pages_say_what_the_comments_say"

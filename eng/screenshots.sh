#!/usr/bin/env bash
# Takes pictures of every page of the dashboard, in both themes and on a phone, into docs/images. Needs Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$PWD/docs/images"
mkdir -p "$folder"
dotnet build tests/GroqKit.Dashboard.Tests --configuration Release --verbosity quiet --nologo
GROQKIT_SCREENSHOTS="$folder" artifacts/bin/GroqKit.Dashboard.Tests/release/GroqKit.Dashboard.Tests -noLogo -noColor \
    -class "*.ScreenshotTests"

#!/usr/bin/env bash
# How long every page of the dashboard takes in Chromium until it can be used, with 1,000,000 accounts of calls, over SQLite and PostgreSQL.
# Prints the median and the slowest of five loads in milliseconds, and the page's size in kB. Needs Chromium, and postgresql for the second half.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/GroqKit.Dashboard.Tests --configuration Release --verbosity quiet --nologo
times=$(mktemp)
trap 'rm -f "$times"' EXIT
GROQKIT_PAGE_TIMES="$times" artifacts/bin/GroqKit.Dashboard.Tests/release/GroqKit.Dashboard.Tests -noLogo -noColor -class "*.PageTimes" >&2
(echo "database page median slowest kB"; cat "$times") | column -t

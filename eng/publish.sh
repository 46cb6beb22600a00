#!/usr/bin/env bash
# Makes artifacts/publish/gateway: the gateway with its runtime, compiled ahead (ReadyToRun), for one platform.
#   eng/publish.sh [RID]     linux-x64 unless told otherwise; deploy/Containerfile copies what comes out
# Lock files describe the portable build, so this build keeps its own files apart and leaves them as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
rid=${1:-linux-x64}
work=artifacts/publish/.work
rm -rf artifacts/publish/gateway
dotnet publish src/GroqKit.Gateway --configuration Release --runtime "$rid" --self-contained --output artifacts/publish/gateway \
    --artifacts-path "$work" -p:ArtifactsPath="$PWD/$work" -p:NuGetLockFilePath="$PWD/$work/unlocked.json" \
    -p:PublishReadyToRun=true -p:DebugType=none -p:GenerateDocumentationFile=false -p:RunAnalyzers=false --verbosity quiet --nologo
echo "$(du -sh artifacts/publish/gateway | cut -f1) in artifacts/publish/gateway"

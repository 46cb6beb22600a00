#!/usr/bin/env bash
# Makes a release here, and pushes nothing:  eng/release.sh 1.2.3
#   sets the version, dates "Unreleased" in CHANGELOG.md, audits, commits, packs and tags. "git push --follow-tags" then publishes it.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:?usage: eng/release.sh VERSION}
fail() { echo "eng/release.sh: $1" >&2; exit 1; }

[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "$version is not a version such as 1.2.3 or 1.2.3-rc.1"
[ -z "$(git status --porcelain)" ] || fail "the working copy has changes that are not committed"
[ "$(git branch --show-current)" = main ] || fail "releases are made on main"
git rev-parse --quiet --verify "refs/tags/v$version" >/dev/null && fail "v$version exists"
grep -q '^## Unreleased' CHANGELOG.md || fail "CHANGELOG.md has no chapter Unreleased"

# Whatever stops below leaves everything as it was; nothing here was uncommitted.
before=$(git rev-parse HEAD)
trap 'git reset --quiet --hard "$before"' ERR
sed -i "s|<Version>[^<]*</Version>|<Version>$version</Version>|" Directory.Build.props
sed -i "s|newTag: .* }|newTag: $version }|" deploy/kubernetes/kustomization.yaml
sed -i "s|^## Unreleased.*|## Unreleased\n\n## $version ($(date --utc +%F))|" CHANGELOG.md
./eng/release-notes.sh "$version" >/dev/null
./eng/audit.sh >/dev/null
git commit --quiet --all --message "Release $version"
# After the commit, which the packages name as their source.
CI=true ./eng/pack.sh
git tag --annotate "v$version" --message "GroqKit $version"
echo "Tagged v$version. To publish: git push --follow-tags"

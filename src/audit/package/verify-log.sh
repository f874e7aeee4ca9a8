#!/bin/sh
# Verifies the audit log that this file lies beside. Needs a POSIX shell, GNU coreutils, sed and grep, and gpg; no Node
# and nothing of the appliance. It reckons the Merkle tree of RFC 6962 (section 2.1) anew, level by level.
#
#   sh verify-log.sh [--fingerprint HEX] [--checkpoint FILE]...
#
# A checkpoint is what a witness keeps: FILE with the signature FILE.asc beside it. Only such a one shows that the log was
# not cut, or written anew and signed again by whoever has the appliance's key.

set -u
umask 077
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd) || exit 2
from=$(pwd)
failures=0
fingerprint=
set_of=

ok() { printf 'OK      %s\n' "$1"; }
failed() {
  failures=$((failures + 1))
  printf 'FAILED  %s\n' "$1"
}
usage() {
  echo 'usage: sh verify-log.sh [--fingerprint HEX] [--checkpoint FILE]...' >&2
  exit 2
}

work=$(mktemp -d) || exit 2
trap 'gpgconf --homedir "$work/home" --kill all >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM
mkdir "$work/home" "$work/parts" "$work/witnessed" || exit 2

while [ $# -gt 0 ]; do
  [ $# -ge 2 ] && [ -n "$2" ] || usage
  case $1 in
  --fingerprint) fingerprint=$(printf %s "$2" | tr -d ' :' | tr a-f A-F) ;;
  --checkpoint)
    set_of=$((${set_of:-0} + 1))
    case $2 in /*) file=$2 ;; *) file=$from/$2 ;; esac
    cp "$file" "$work/witnessed/$set_of.txt" && cp "$file.asc" "$work/witnessed/$set_of.txt.asc" || exit 2
    ;;
  *) usage ;;
  esac
  shift 2
done
cd "$here" || exit 2
gpg --homedir "$work/home" --batch --quiet --import appliance.asc 2>/dev/null

# is_signed FILE: by a key in appliance.asc, the one that is expected.
is_signed() {
  said=$(gpg --homedir "$work/home" --batch --status-fd 1 --verify "$1.asc" "$1" 2>/dev/null) || return 1
  printf '%s\n' "$said" | grep -q '^\[GNUPG:\] GOODSIG ' || return 1
  by=$(printf '%s\n' "$said" | sed -n 's/^\[GNUPG:\] VALIDSIG .* \([0-9A-F]*\)$/\1/p')
  [ -z "$fingerprint" ] || [ "$by" = "$fingerprint" ]
}

# sums: SHA-256 of each file in parts/, one a line, in the order of their names; the files go.
sums() {
  (cd "$work/parts" && printf '%s\0' * | xargs -0 sha256sum) | cut -c 1-64
  rm -rf "$work/parts"
  mkdir "$work/parts"
}

# root_of FILE: root of the tree over the leaf hashes in FILE.
root_of() {
  cp "$1" "$work/level"
  while [ "$(wc -l <"$work/level")" -gt 1 ]; do
    paste -d '\0' - - <"$work/level" >"$work/pairs"
    # The odd one goes up as it is.
    grep '^.\{64\}$' "$work/pairs" >"$work/odd"
    grep '^.\{128\}$' "$work/pairs" | sed 's/^/01/' | tr a-f A-F | basenc --base16 --decode |
      (cd "$work/parts" && split -b 65 -a 8 -d - n.)
    sums >"$work/level"
    cat "$work/odd" >>"$work/level"
  done
  if [ -s "$work/level" ]; then cat "$work/level"; else printf '' | sha256sum | cut -c 1-64; fi
}

# Where the log begins, and the hashes of what was before.
offset=0 index=0
: >"$work/hashes"
if [ -e pruned.json ]; then
  if is_signed pruned.json; then ok 'what was pruned is signed'; else failed 'what was pruned is not signed'; fi
  offset=$(sed -n 's/.*"offset":\([0-9]*\).*/\1/p' pruned.json)
  index=$(sed -n 's/.*"index":\([0-9]*\).*/\1/p' pruned.json)
  basenc --base16 -w 64 <pruned.leaves | tr A-F a-f >"$work/hashes"
  if [ "$(wc -l <"$work/hashes")" = "$index" ]; then ok "$index entries were pruned, their hashes are there"
  else failed "$index entries were pruned, and not as many hashes are there"; fi
fi

# Whole lines only; one that is being written is none yet.
tail -c "+$((offset + 1))" log >"$work/log"
[ -z "$(tail -c 1 "$work/log")" ] || sed -i '$d' "$work/log"
lines=$(wc -l <"$work/log")

if [ "$lines" -gt 0 ]; then
  cut -f 2 "$work/log" | (cd "$work/parts" && split -l 1 -a 8 -d - p.)
  sums >"$work/payloads"
  cut -f 1 "$work/log" | sed 's/^/\x00/' | (cd "$work/parts" && split -l 1 -a 8 -d - l.)
  sums >>"$work/hashes"
fi

# Each payload is the one that its leaf names, or was erased and told of, or was torn by a power cut and told of.
cut -f 1 "$work/log" | sed 's/^{"action":"[^"]*","at":"[^"]*","payload":"\([0-9a-f]\{64\}\)"}$/\1/' >"$work/named"
paste -d = "$work/named" "${work}/payloads" 2>/dev/null | sed -n '/^\(.*\)=\1$/!=' >"$work/other"
wrong=0
while read -r line; do
  payload=$(sed -n "${line}p" "$work/log" | cut -f 2)
  place=$((index + line - 1))
  case $payload in
  *[!\ ]*) sed -n "$((line + 1)),$((line + 2))p" "$work/log" | grep -q '^{"action":"audit-torn"' && continue ;;
  *)
    grep '^{"action":"audit-erased"' "$work/log" | grep -q "\"subject\":\"$place\"" && continue
    ;;
  esac
  wrong=$((wrong + 1))
  failed "entry $place does not say what it said"
done <"$work/other"
[ "$wrong" -gt 0 ] || ok "$lines entries say what they said"

size=$(wc -l <"$work/hashes")
# check_point FILE NAME: the log began as it was when that was signed.
check_point() {
  if ! is_signed "$1"; then
    failed "$2: not signed by the appliance"
    return
  fi
  then_size=$(sed -n 's/^size: \([0-9]*\)$/\1/p' "$1")
  then_root=$(sed -n 's/^root: \([0-9a-f]\{64\}\)$/\1/p' "$1")
  if [ "$(sed -n 1p "$1")" != greffier-checkpoint-1 ] || [ -z "$then_size" ]; then
    failed "$2: no checkpoint"
  elif [ "$then_size" -gt "$size" ]; then
    failed "$2: the log had $then_size entries, now it has $size: it was cut"
  else
    head -n "$then_size" "$work/hashes" >"$work/then"
    if [ "$(root_of "$work/then")" = "$then_root" ]; then ok "$2: the first $then_size entries are those of then"
    else failed "$2: the first $then_size entries are not those of then"; fi
  fi
}
newest=
for file in checkpoints/*.txt; do [ ! -e "$file" ] || newest=$file; done
if [ -n "$newest" ]; then check_point "$newest" "$newest"; else failed 'no checkpoint lies beside the log'; fi
for file in "$work"/witnessed/*.txt; do
  [ -e "$file" ] && check_point "$file" "checkpoint of a witness"
done
[ -n "$set_of" ] || echo '        no checkpoint of a witness was given (--checkpoint): a log that was signed anew would pass'

[ "$failures" -eq 0 ]

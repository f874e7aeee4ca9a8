#!/bin/sh
# Verifies the certificate of destruction that this file lies in. Needs a POSIX shell, coreutils, sed, grep and gpg.
#
#   sh verify.sh [--fingerprint HEX]
#
# OK and FAILED are the same words in every language, so that a program may look for them.

set -u
umask 077
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in en*) french=no ;; *) french=yes ;; esac
LC_ALL=C
export LC_ALL

fingerprint='' signer='' failures=0
if [ $# -eq 2 ] && [ "$1" = --fingerprint ]; then fingerprint=$(printf %s "$2" | tr -d ' :' | tr a-f A-F)
elif [ $# -gt 0 ]; then
  echo 'usage: sh verify.sh [--fingerprint HEX]' >&2
  exit 2
fi
cd "$(dirname "$0")" || exit 2
work=$(mktemp -d) || exit 2
mkdir "$work/home" || exit 2
trap 'gpgconf --homedir "$work/home" --kill all >/dev/null 2>&1; rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

say() { if [ "$french" = yes ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi; }

# check FRENCH ENGLISH COMMAND…: one line that says whether the command succeeds.
check() {
  french_text=$1 english_text=$2
  shift 2
  if "$@"; then say "OK      $french_text" "OK      $english_text"; else
    failures=$((failures + 1))
    say "FAILED  $french_text" "FAILED  $english_text"
  fi
}

sum() { sha256sum | cut -c 1-64; }

sums_hold() {
  for name in README.fr.txt README.en.txt appliance.asc tombstone.json tombstone.json.asc verify.sh log/checkpoint.txt \
    log/checkpoint.txt.asc; do
    grep -q "^[0-9a-f]\{64\}  $name\$" SHA256SUMS || return 1
  done
  sha256sum -c --strict SHA256SUMS >/dev/null 2>&1
}

# is_signed FILE: a good signature in FILE.asc, by the same key as whatever was looked at before.
is_signed() {
  said=$(gpg --homedir "$work/home" --batch --status-fd 1 --verify "$1.asc" "$1" 2>/dev/null) || return 1
  printf '%s\n' "$said" | grep -q '^\[GNUPG:\] GOODSIG ' || return 1
  by=$(printf '%s\n' "$said" | sed -n 's/^\[GNUPG:\] VALIDSIG .* \([0-9A-F]*\)$/\1/p')
  printf '%s\n' "$by" | grep -qx '[0-9A-F]\{40\}' || return 1
  [ -n "$signer" ] || signer=$by
  [ "$by" = "$signer" ]
}

# node LEFT RIGHT: hash of a node of the tree (RFC 6962, section 2.1), from two hashes in hex.
node() {
  # One argument a byte, on purpose.
  # shellcheck disable=SC2046
  printf %b "\\0001$(printf '\\0%03o' $(printf %s "$1$2" | sed 's/../ 0x&/g'))" | sum
}

number_in() { sed -n -e "s/^$2: \\(0\\)\$/\\1/p" -e "s/^$2: \\([1-9][0-9]\\{0,14\\}\\)\$/\\1/p" "$1"; }

# line_holds FILE: the path beside the line leads from it to the root that is signed, the line names the hash of the
# payload beside it, and the payload is about this recording.
line_holds() {
  proof=${1%.line}.proof payload=${1%.line}.payload
  [ -f "$1" ] && [ -f "$proof" ] && [ -f "$payload" ] || return 1
  grep -qF "\"recording\":\"$id\"" "$payload" || return 1
  grep -qF "\"payload\":\"$(sum <"$payload")\"" "$1" || return 1
  [ "$(sed -n 1p "$proof")" = greffier-inclusion-1 ] || return 1
  at=$(number_in "$proof" index) size=$(number_in "$proof" size)
  [ -n "$at" ] && [ -n "$size" ] && [ "$size" = "$log_size" ] && [ "$at" -lt "$size" ] || return 1
  last=$((size - 1))
  hash=$({ printf '\000' && cat "$1"; } | sum)
  for beside in $(sed -n 's/^path: \([0-9a-f]\{64\}\)$/\1/p' "$proof"); do
    [ "$last" -gt 0 ] || return 1
    if [ $((at % 2)) -eq 1 ] || [ "$at" -eq "$last" ]; then
      hash=$(node "$beside" "$hash")
      while [ $((at % 2)) -eq 0 ] && [ "$at" -gt 0 ]; do at=$((at / 2)) last=$((last / 2)); done
    else
      hash=$(node "$hash" "$beside")
    fi
    at=$((at / 2)) last=$((last / 2))
  done
  [ "$last" -eq 0 ] && [ "$hash" = "$log_root" ]
}

# told: the log tells of the destruction, in one of the lines that hold.
told() { grep -l '^{"action":"purge"' log/*.line >/dev/null 2>&1; }

field() { sed -n "s/.*\"$1\":\"\\([^\"]*\\)\".*/\\1/p" tombstone.json; }

gpg --homedir "$work/home" --batch --quiet --import appliance.asc >/dev/null 2>&1
check 'les fichiers sont ceux que SHA256SUMS énumère' 'the files are those that SHA256SUMS lists' sums_hold
check 'signature du certificat de destruction' 'signature of the tombstone' is_signed tombstone.json
check 'signature de SHA256SUMS' 'signature of SHA256SUMS' is_signed SHA256SUMS
check 'signature du point de contrôle du journal' "signature of the log's checkpoint" is_signed log/checkpoint.txt
if [ -n "$fingerprint" ]; then
  check "la clé qui a signé est $fingerprint" "the key that signed is $fingerprint" [ "$signer" = "$fingerprint" ]
else
  say "        signé par ${signer:-?} : à comparer avec l'empreinte notée sur papier (--fingerprint)" \
    "        signed by ${signer:-?}: compare it with the fingerprint on paper (--fingerprint)"
fi
id=$(sed -n 's/.*"format":"greffier-tombstone-1","id":"\([0-9a-f-]\{36\}\)".*/\1/p' tombstone.json 2>/dev/null)
check "format du certificat, enregistrement ${id:-inconnu}" "form of the tombstone, recording ${id:-unknown}" [ -n "$id" ]
log_size=$(number_in log/checkpoint.txt size 2>/dev/null)
log_root=$(sed -n 's/^root: \([0-9a-f]\{64\}\)$/\1/p' log/checkpoint.txt 2>/dev/null)
for line in log/*.line; do check "$line est dans le journal" "$line is in the log" line_holds "$line"; done
check 'le journal dit la destruction' 'the log tells of the destruction' told
say "        enregistrement $id, dû le $(field dueAt), détruit le $(field destroyedAt) : $(field reason)" \
  "        recording $id, due on $(field dueAt), destroyed on $(field destroyedAt): $(field reason)"
[ "$failures" -eq 0 ]

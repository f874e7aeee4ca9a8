#!/bin/sh
# Verifies the package that this file lies in, and opens its recordings when asked to. Needs a POSIX shell, coreutils,
# sed, grep and gpg. See README.fr.txt or README.en.txt.
#
# Rules: nothing is opened before all else holds; a recording that turns out to be altered leaves nothing behind.
# OK and FAILED are the same words in every language, so that a program may look for them.

set -u
umask 077

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in en*) french=no ;; *) french=yes ;; esac
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd) || exit 2
from=$(pwd)
work='' failures=0 signer='' fingerprint='' out='' key='' part=''

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

usage() {
  say "usage : sh verify.sh [--fingerprint EMPREINTE] [--open DOSSIER [--key FICHIER]]" \
    "usage: sh verify.sh [--fingerprint HEX] [--open FOLDER [--key FILE]]" >&2
  exit 2
}

# A second signal must not keep it from tidying up.
finish() {
  trap '' HUP INT PIPE TERM
  [ -n "$work" ] || return
  gpgconf --homedir "$work/home" --kill all >/dev/null 2>&1
  rm -rf "$work"
  [ -z "$part" ] || rm -f "$part"
}

absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$from" "$1" ;; esac; }

while [ $# -gt 0 ]; do
  case $1 in
  --fingerprint | --open | --key) [ $# -ge 2 ] && [ -n "$2" ] || usage ;;
  *) usage ;;
  esac
  case $1 in
  --fingerprint) fingerprint=$(printf %s "$2" | tr -d ' :' | tr a-f A-F) ;;
  --open) out=$(absolute "$2") ;;
  --key) key=$(absolute "$2") ;;
  esac
  shift 2
done
[ -n "$out" ] || [ -z "$key" ] || usage

trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM
cd "$here" || exit 2
work=$(mktemp -d) || exit 2
mkdir "$work/home" || exit 2

sums_hold() {
  for name in README.fr.txt README.en.txt appliance.asc contents.json contents.fr.txt contents.en.txt verify.sh; do
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

# part_holds FILE NAME MANIFEST: the end of the message is the ciphertext that the manifest calls NAME. What comes before
# it is the header, which is made anew for whoever asked.
part_holds() {
  [ -f "$1" ] || return 1
  form="\"$2\":{\"bytes\":\\([1-9][0-9]*\\),\"sha256\":\"\\([0-9a-f]\\{64\\}\\)\"}"
  bytes=$(sed -n "s/.*$form.*/\\1/p" "$3" 2>/dev/null)
  hash=$(sed -n "s/.*$form.*/\\2/p" "$3" 2>/dev/null)
  [ -n "$bytes" ] && [ -n "$hash" ] || return 1
  total=$(wc -c <"$1")
  [ "$total" -ge "$bytes" ] || return 1
  [ "$(tail -c "+$((total - bytes + 1))" "$1" | sha256sum | cut -c 1-64)" = "$hash" ]
}

is_about() { grep -q "\"format\":\"greffier-manifest-[0-9]*\",\"id\":\"$2\"" "$1"; }

# decrypt FILE: with the session key that came with the package, with the key in a file, or from the keyring.
decrypt() {
  session=$(sed -n "s|^$1 \([0-9]*:[0-9A-F]*\)\$|\1|p" session-keys.txt 2>/dev/null)
  if [ -n "$session" ]; then
    printf '%s\n' "$session" >"$work/session"
    gpg --homedir "$work/home" --batch --quiet --override-session-key-fd 3 --decrypt "$1" 3<"$work/session"
  elif [ -n "$key" ]; then
    gpg --homedir "$work/home" --quiet --decrypt "$1"
  else gpg --quiet --decrypt "$1"; fi
}

# open_one ID NAME ENDING
open_one() {
  [ ! -e "$out/$1.$3" ] || return 1
  part=$(mktemp "$out/.verify.XXXXXX") || return 1
  if decrypt "recordings/$2.pgp" >"$part" 2>"$work/said" && [ -s "$part" ] && mv "$part" "$out/$1.$3"; then
    return 0
  fi
  # gpg leaves what it has decrypted of a message that was altered.
  rm -f "$part"
  cat "$work/said" >&2
  return 1
}

check "les fichiers sont ceux que SHA256SUMS énumère" "the files are those that SHA256SUMS lists" sums_hold
gpg --homedir "$work/home" --batch --quiet --import appliance.asc >/dev/null 2>&1
check "signature de SHA256SUMS" "signature of SHA256SUMS" is_signed SHA256SUMS
if [ -n "$fingerprint" ]; then
  check "la clé qui a signé est $fingerprint" "the key that signed is $fingerprint" [ "$signer" = "$fingerprint" ]
elif [ -n "$signer" ]; then
  say "        signé par $signer : à comparer avec l'empreinte qui vous a été donnée (--fingerprint)" \
    "        signed by $signer: compare it with the fingerprint you were given (--fingerprint)"
fi
ids=$(sed -n 's|^[0-9a-f]\{64\}  recordings/\([0-9a-f-]\{36\}\)\.manifest\.json$|\1|p' SHA256SUMS)
for id in $ids; do
  manifest=recordings/$id.manifest.json
  check "signature du manifeste de $id" "signature of the manifest of $id" is_signed "$manifest"
  check "le manifeste est celui de $id" "the manifest is that of $id" is_about "$manifest" "$id"
  check "l'audio chiffré de $id est celui du manifeste" "the encrypted audio of $id is the manifest's" \
    part_holds "recordings/$id.pgp" body "$manifest"
  check "les détails chiffrés de $id sont ceux du manifeste" "the encrypted details of $id are the manifest's" \
    part_holds "recordings/$id.details.pgp" details "$manifest"
done

if [ -n "$out" ] && [ "$failures" -eq 0 ]; then
  mkdir -p "$out" || exit 2
  [ -z "$key" ] || gpg --homedir "$work/home" --batch --quiet --import "$key"
  for id in $ids; do
    ending=flac
    ! grep -q '"encoding":"opus"' "recordings/$id.manifest.json" || ending=opus
    check "ouvert : $out/$id.$ending" "opened: $out/$id.$ending" open_one "$id" "$id" "$ending"
    check "ouvert : $out/$id.json" "opened: $out/$id.json" open_one "$id" "$id.details" json
  done
elif [ -n "$out" ]; then
  failures=$((failures + 1))
  say "FAILED  pas ouvert, puisque tout n'est pas en ordre" "FAILED  not opened, since not everything holds"
fi
[ "$failures" -eq 0 ]

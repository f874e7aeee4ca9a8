#!/bin/sh
# Verifies the evidence package that this file lies in, and opens it when asked to. Needs a POSIX shell, coreutils, sed
# and grep, and either gpg or sq. See README.fr.txt or README.en.txt.
#
# Rules: nothing is opened before all else holds; clear audio is written to a private folder and moved into place when
# it is proved whole, so that nothing of it stays behind after an error or Ctrl-C.
#
# OK and FAILED are the same words in every language, so that a program may look for them.

set -u
umask 077

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in en*) french=no ;; *) french=yes ;; esac
# Bytes are compared below, not letters of some language.
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd) || exit 2
from=$(pwd)
work='' private='' failures=0 signer=''
tool='' fingerprint='' out='' key='' session=''

say() { if [ "$french" = yes ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi; }

ok() { say "OK      $1" "OK      $2"; }

failed() {
  failures=$((failures + 1))
  say "FAILED  $1" "FAILED  $2"
}

# check FRENCH ENGLISH COMMAND…: one line that says whether the command succeeds.
check() {
  french_text=$1 english_text=$2
  shift 2
  if "$@"; then ok "$french_text" "$english_text"; else failed "$french_text" "$english_text"; fi
}

usage() {
  say "usage : sh verify.sh [--fingerprint EMPREINTE] [--with gpg|sq]
                   [--open SORTIE.flac [--key FICHIER | --session-key 9:HEXA]]" \
    "usage: sh verify.sh [--fingerprint HEX] [--with gpg|sq]
                  [--open OUT.flac [--key FILE | --session-key 9:HEX]]" >&2
  exit 2
}

refuse() {
  say "verify.sh : $1" "verify.sh: $2" >&2
  exit 2
}

# A second signal must not keep it from tidying up.
finish() {
  trap '' HUP INT PIPE TERM
  if [ -n "$work" ]; then
    [ ! -d "$work/home" ] || gpgconf --homedir "$work/home" --kill all >/dev/null 2>&1
    rm -rf "$work"
  fi
  [ -z "$private" ] || rm -rf "$private"
}

# A path as it was meant where the program was started.
absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$from" "$1" ;; esac; }

while [ $# -gt 0 ]; do
  case $1 in
  --fingerprint | --with | --open | --key | --session-key) [ $# -ge 2 ] && [ -n "$2" ] || usage ;;
  *) usage ;;
  esac
  case $1 in
  --fingerprint) fingerprint=$(printf %s "$2" | tr -d ' :' | tr a-f A-F) ;;
  --with) tool=$2 ;;
  --open) out=$(absolute "$2") ;;
  --key) key=$(absolute "$2") ;;
  --session-key) session=$2 ;;
  esac
  shift 2
done

if [ -z "$tool" ]; then
  if command -v gpg >/dev/null; then tool=gpg; else tool=sq; fi
fi
case $tool in gpg | sq) ;; *) usage ;; esac
command -v "$tool" >/dev/null || refuse "il faut gpg ou sq" "gpg or sq is needed"
[ -z "$key" ] || [ -z "$session" ] || usage
[ -n "$out" ] || [ -z "$key$session" ] || usage
if [ -n "$out" ] && [ -e "$out" ]; then refuse "$out existe déjà" "$out exists already"; fi
if [ -n "$key" ] && [ ! -r "$key" ]; then refuse "$key est illisible" "$key cannot be read"; fi

trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM
cd "$here" || exit 2
work=$(mktemp -d) || exit 2
mkdir "$work/home" "$work/sq" || exit 2

# sum: the SHA-256 of what comes in, in hex.
sum() { sha256sum | cut -c 1-64; }

sums_hold() {
  for name in README.fr.txt README.en.txt appliance.asc manifest.json manifest.json.asc recording.pgp verify.sh \
    log/checkpoint.txt log/checkpoint.txt.asc; do
    grep -q "^[0-9a-f]\{64\}  $name\$" SHA256SUMS || return 1
  done
  sha256sum -c --strict SHA256SUMS >/dev/null 2>&1
}

# signer_of FILE: fingerprint of the certificate whose good signature over FILE is in FILE.asc.
signer_of() {
  [ -f "$1" ] && [ -f "$1.asc" ] && [ -f appliance.asc ] || return 1
  found=$("${tool}_signer_of" "$1") || return 1
  printf '%s\n' "$found" | grep -qx '[0-9A-F]\{40\}' || return 1
  [ "$(printf '%s\n' "$found" | wc -l)" -eq 1 ] || return 1
  printf '%s\n' "$found"
}

gpg_signer_of() {
  said=$(gpg --homedir "$work/home" --batch --status-fd 1 --verify "$1.asc" "$1" 2>/dev/null) || return 1
  # An expired or revoked key has another word here.
  printf '%s\n' "$said" | grep -q '^\[GNUPG:\] GOODSIG ' || return 1
  printf '%s\n' "$said" | sed -n 's/^\[GNUPG:\] VALIDSIG .* \([0-9A-F]*\)$/\1/p'
}

sq_signer_of() {
  case $(sq verify --help 2>&1) in
  *--signature-file*)
    SEQUOIA_HOME=$work/sq sq verify --signer-file appliance.asc --signature-file "$1.asc" "$1"
    ;;
  *) sq verify --signer-cert appliance.asc --detached "$1.asc" "$1" ;;
  esac >/dev/null 2>&1 || return 1
  SEQUOIA_HOME=$work/sq sq inspect appliance.asc 2>/dev/null | sed -n 's/^ *Fingerprint: *\([0-9A-F]*\)$/\1/p'
}

# is_signed FILE: signed, and by the same key as whatever was looked at before.
is_signed() {
  by=$(signer_of "$1") || return 1
  [ -n "$signer" ] || signer=$by
  [ "$by" = "$signer" ]
}

# part_holds FILE NAME: the end of the message is the ciphertext that the manifest calls NAME. What comes before it is
# the header, which may be wrapped anew for whoever asked.
part_holds() {
  [ -f "$1" ] || return 1
  form="\"$2\":{\"bytes\":\\([1-9][0-9]*\\),\"sha256\":\"\\([0-9a-f]\\{64\\}\\)\"}"
  bytes=$(sed -n "s/.*$form.*/\\1/p" manifest.json 2>/dev/null)
  hash=$(sed -n "s/.*$form.*/\\2/p" manifest.json 2>/dev/null)
  [ -n "$bytes" ] && [ -n "$hash" ] || return 1
  total=$(wc -c <"$1")
  [ "$total" -gt "$bytes" ] || return 1
  [ "$(tail -c "+$((total - bytes + 1))" "$1" | sum)" = "$hash" ]
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

# decrypt: the clear audio on standard output.
decrypt() {
  case $tool in
  gpg)
    if GPG_TTY=$(tty); then export GPG_TTY; fi
    if [ -n "$session" ]; then
      printf '%s\n' "$session" >"$work/session"
      gpg --homedir "$work/home" --batch --quiet --override-session-key-fd 3 --decrypt recording.pgp 3<"$work/session"
    elif [ -n "$key" ]; then
      gpg --homedir "$work/home" --batch --quiet --import "$key" &&
        gpg --homedir "$work/home" --quiet --decrypt recording.pgp
    else gpg --quiet --decrypt recording.pgp; fi
    ;;
  sq)
    if [ -n "$session" ]; then sq decrypt --session-key "$session" recording.pgp
    elif [ -z "$key" ]; then sq decrypt recording.pgp
    else
      case $(sq decrypt --help 2>&1) in
      *--recipient-file*) sq decrypt --recipient-file "$key" recording.pgp ;;
      *) sq decrypt --recipient-key "$key" recording.pgp ;;
      esac
    fi
    ;;
  esac
}

open_audio() {
  private=$(mktemp -d "$(dirname "$out")/.verify.XXXXXX") || return 1
  if decrypt >"$private/audio" 2>"$work/said" && [ -s "$private/audio" ] && mv "$private/audio" "$out"; then
    return 0
  fi
  # gpg leaves what it has decrypted of a message that was altered.
  rm -rf "$private"
  cat "$work/said" >&2
  return 1
}

check "les fichiers sont ceux que SHA256SUMS énumère" "the files are those that SHA256SUMS lists" sums_hold
[ "$tool" = sq ] || gpg --homedir "$work/home" --batch --quiet --import appliance.asc >/dev/null 2>&1
check "signature du manifeste" "signature of the manifest" is_signed manifest.json
check "signature de SHA256SUMS" "signature of SHA256SUMS" is_signed SHA256SUMS
check "signature du point de contrôle du journal" "signature of the log's checkpoint" is_signed log/checkpoint.txt
if [ -n "$fingerprint" ]; then
  check "la clé qui a signé est $fingerprint" "the key that signed is $fingerprint" [ "$signer" = "$fingerprint" ]
elif [ -n "$signer" ]; then
  say "        signé par $signer : à comparer avec l'empreinte notée sur papier (--fingerprint)" \
    "        signed by $signer: compare it with the fingerprint on paper (--fingerprint)"
fi

id=$(sed -n 's/.*"format":"greffier-manifest-[23]","id":"\([0-9a-f-]\{36\}\)".*/\1/p' manifest.json 2>/dev/null)
check "format du manifeste, enregistrement ${id:-inconnu}" "form of the manifest, recording ${id:-unknown}" [ -n "$id" ]
check "l'audio chiffré est celui du manifeste" "the encrypted audio is the manifest's" part_holds recording.pgp body
if [ -e details.pgp ]; then
  check "les détails chiffrés sont ceux du manifeste" "the encrypted details are the manifest's" \
    part_holds details.pgp details
fi

log_size=$(number_in log/checkpoint.txt size 2>/dev/null)
log_root=$(sed -n 's/^root: \([0-9a-f]\{64\}\)$/\1/p' log/checkpoint.txt 2>/dev/null)
check "format du point de contrôle, ${log_size:-?} lignes" "form of the checkpoint, ${log_size:-?} lines" \
  [ "$(sed -n 1p log/checkpoint.txt 2>/dev/null) ${log_size:+$log_root}" = "greffier-checkpoint-1 ${log_root:-none}" ]
for line in log/*.line; do
  check "$line est dans le journal" "$line is in the log" line_holds "$line"
done

if [ -n "$out" ] && [ "$failures" -eq 0 ]; then
  check "ouvert : $out" "opened: $out" open_audio
elif [ -n "$out" ]; then
  failed "pas ouvert, puisque tout n'est pas en ordre" "not opened, since not everything holds"
fi
[ "$failures" -eq 0 ]

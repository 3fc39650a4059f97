# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Passphrases and tokens. $key is a key file, or TOKEN/KEY.

## Questions at the terminal. What is typed is not shown.

passphrase-question = Passphrase for “{ $key }” (what you type stays hidden):
passphrase-question-pin = PIN of the token for “{ $key }” (what you type stays hidden):
passphrase-question-again = That was not right. Passphrase for “{ $key }”:
passphrase-question-new = New passphrase for “{ $key }”, at least { $wanted } characters (what you type stays hidden):
passphrase-question-longer = Too short: whoever copies the file can guess at leisure. New passphrase, at least { $wanted } characters:
passphrase-question-same = The two entries differ. New passphrase for “{ $key }”:
passphrase-question-repeat = The same passphrase once more:

## Key files.

key-wrong-passphrase = The passphrase does not open the key “{ $key }”.
    .hint = Try again; nothing is locked. Mind upper and lower case, and whether the passphrase comes from a file or an environment variable.
key-unknown-encryption = “{ $path }” is encrypted in a way that this version does not read.
    .hint = “openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256” writes the file anew in a way that it reads.
key-too-costly = Opening “{ $path }” would take too much memory or time.
    .hint = Schulsiegel did not write this file. Get the right one back from your backup.
key-passphrase-changed = The key “{ $key }” has a new passphrase.
key-passphrase-removed = The key “{ $key }” has no passphrase any more: whoever can read the file can sign with it.
key-unguarded = The key “{ $key }” has no passphrase: whoever can read the file can sign with it.

## Where the passphrase comes from.

passphrase-io = The file “{ $path }” with the passphrase cannot be read: { $reason }
    .hint = Check “--passphrase-file”, the environment variable SCHULSIEGEL_PASSPHRASE_FILE, and “passphrase_file” in the configuration.
passphrase-not-private = Other users of this computer can read the file “{ $path }” with the passphrase too.
    .hint = Take the right away from them (chmod 600 “{ $path }”), and give the key a new passphrase.
passphrase-malformed = There is no passphrase in “{ $place }”.
    .hint = It takes one line of text of at most 1024 bytes.
passphrase-missing = The key “{ $key }” needs a passphrase, but nobody sits at the terminal.
    .hint = Name a file that holds it with “--passphrase-file”, or set SCHULSIEGEL_PASSPHRASE_FILE.
passphrase-missing-new = The new key “{ $key }” is to get a passphrase, but nobody sits at the terminal.
    .hint = Name a file that holds it with “--passphrase-file”; with “--no-passphrase” the file stays unprotected.
passphrase-missing-changed = The key “{ $key }” is to get a new passphrase, but nobody sits at the terminal.
    .hint = Name a file that holds it with “--new-passphrase-file”; with “--no-passphrase” the file stays unprotected.
passphrase-too-short = The new passphrase has { $got } characters; it takes at least { $wanted }.
    .hint = Whoever copies the key file can guess unseen. Four random words are long enough and easy to remember.
passphrase-differ = The two entries of the new passphrase differ.
    .hint = Try again. Nothing was changed.

## Tokens.

token-wrong-pin = The PIN does not open the token with the key “{ $key }”.
    .hint = The PIN comes from the same sources as a passphrase. Try again only when you are sure: a token locks itself after a few wrong PINs.
token-tries-some = More than one try is left.
token-tries-one = A single try is left; after it the token is locked.
token-tries-none = The token is locked now.
token-module = The module “{ $path }” of the token cannot be loaded: { $text }
    .hint = Install the software of its maker, and check the entry “module” under “[token]” in the configuration.
token-missing = The token “{ $token }” is not there.
    .hint = Plug it in and try again. Its name or serial number stands under “[token]” in the configuration.
token-ambiguous = Several tokens are called “{ $token }”.
    .hint = Remove the other one, or give the serial number (“serial”) under “[token]” in the configuration.
token-gone = The token does not answer any more ({ $text }). Nothing was signed.
    .hint = Plug it in again and give the command once more.
token-locked = The token “{ $token }” is locked after too many wrong PINs.
    .hint = It can be unlocked with the PUK (SO PIN) and the software of its maker.
token-no-key = The token has no key “{ $key }”.
    .hint = Check that it is the right token, and the entry “key” under “[token]” in the configuration.
token-key-exists = The token has a key “{ $key }” already; it is not replaced.
    .hint = Give another name with “--token-key”.
token-not-a-key = “{ $key }” is not a key that Schulsiegel can use.
    .hint = It takes an Ed25519 key.
token-unsuitable = The token “{ $token }” makes no Ed25519 keys that stay in it.
    .hint = Ask its maker for “EdDSA” with PKCS#11 3.0, or use a key file with a passphrase.
token-needs-pin = A token is never without a PIN.
    .hint = Leave out “--no-passphrase”.
token-refused = The token refuses ({ $text }). Nothing was signed.
    .hint = Check the token with the software of its maker.
token-wrong-signature = The token has signed wrongly ({ $text }). Nothing of it was used.
    .hint = Do not trust this token any more, and turn to its maker.

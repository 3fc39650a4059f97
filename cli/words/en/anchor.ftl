# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The anchor program. What every program says of ledgers stands in ledger.ftl.

## Help.

help-anchor =
    Keeps a ledger and accredits schools.

    A ledger is a list of statements that only grows: ministries accredit schools, schools issue certificates. It holds
    no names and no grades of pupils.
    .example =
        anchor init --dir ledger --origin ledger.example
        anchor log --ledger ledger
    .passphrase-file = File with the passphrase of the key
help-anchor-init =
    Makes a new ledger.

    The folder then holds the database, two private keys and the published state. It must be on a disk of this computer
    and belongs into the backup. With “--ledger” the entries go into a database, and the folder holds just the two keys.
    .dir = Folder of the new ledger; it must not hold anything yet
    .ledger = Database for the entries: postgres://user@host/database
    .origin = Name of the ledger; it stands in every statement and stays for ever
    .authorities = File of ministries whose statements the ledger takes in
    .example =
        anchor init --dir ledger --origin ledger.example
        anchor init --dir k --origin ledger.example --ledger postgres://db.example/l
help-anchor-init-authority =
    Makes the key and the folder of a ministry.

    The computer needs no connection to the ledger. With the key the ministry accredits schools; everybody who checks
    certificates must learn its fingerprint in a safe way.
    .dir = Folder of the ministry
    .name = Name under which the ministry signs
    .state = Land by its official key from 01 to 16
    .origin = Name of the ledger that the statements are for
    .ledger = Folder of the ledger, if it is here: pins the ministry at once
    .no-passphrase = Do not encrypt the key file: whoever can read it can sign
    .token-module = PKCS#11 module of a token (a file of its maker): the key is made in the token
    .token = Name of the token
    .token-key = Name of the key in the token; else the name that it signs under
    .example =
        anchor init-authority --dir km --name km --state 07 --origin ledger.example
help-anchor-accredit =
    Accredits a school, or all of a list: shows the requests and signs them.

    With “--ledger” each accreditation is first weighed by the ledger, then signed, kept and handed in. “--out” needs no
    ledger; the signed accreditation is then handed in with “anchor submit”. A list (CSV in UTF-8, with ; or ,) names its
    columns in the first line: request (a file, from the list's folder) and, where wanted, kinds, from, until; others are
    passed over. Nothing is signed before all lines are right; whoever is accredited like this already is passed over.
    .request = The school's request
    .csv = List of requests
    .out = Without the ledger: file for the signed accreditation, or an existing folder; nothing is ever overwritten
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .origin = { ministry-help.origin }
    .authority = { ministry-help.authority }
    .kinds = Kinds of certificates, separated by commas, or * for all; else those asked for
    .from = First day of the accreditation (YYYY-MM-DD, UTC); else at once
    .until = Day from which it is no longer valid (YYYY-MM-DD, UTC); else after five years
    .yes = Sign without asking
    .example =
        anchor accredit school.request --authority km --ledger ledger
        anchor accredit school.request --out school.accredit --authority km
        anchor accredit --csv schools.csv --ledger ledger --until 2031-08-01
        anchor accredit school.request --out school.accredit --until 2031-08-01
help-anchor-passphrase =
    Gives a ministry's key a new passphrase, or its token a new PIN.

    The old one comes from “--passphrase-file”, else from the file in $SCHULSIEGEL_PASSPHRASE_FILE, else from
    $SCHULSIEGEL_PASSPHRASE, else from “passphrase_file” in “authority.toml”; else it is asked for at the terminal.
    Backups of the key file keep the old one.
    .authority = Folder of the ministry
    .new-passphrase-file = File with the new passphrase; else it is asked for
    .no-passphrase = Decrypt the key file: whoever can read it can sign
    .example =
        anchor passphrase --authority km
        anchor passphrase --passphrase-file old --new-passphrase-file new
help-anchor-submit =
    Hands signed statements in to the ledger.

    Several are handed in in the order in which they are named; the first that is refused holds up the others. The same
    statement handed in again gets the same answer. Exit code 1: refused; 2: it is not known whether the
    statement is on the ledger.
    .file = Files with one statement each
    .ledger = Folder or address of the ledger; else $SCHULSIEGEL_LEDGER, else the current folder
    .example =
        anchor submit school.accredit --ledger ledger
help-anchor-refresh =
    Confirms the ledger's state with the present time.

    Whoever checks certificates asks for a fresh state. Have this command run daily, even if nothing new is entered.
    .ledger = Folder or database of the ledger; else $SCHULSIEGEL_LEDGER, else the current folder
    .keys = Folder with the keys of a ledger in a database; else $SCHULSIEGEL_KEYS
    .example =
        anchor refresh --ledger ledger
help-anchor-serve =
    Serves a ledger over HTTP, to schools, ministries and all who check.

    Settings come from the file, then from the environment (SCHULSIEGEL_LISTEN and so on), then from the command line.
    The connection to the outside is secured by a reverse proxy in front. Ctrl-C or SIGTERM ends it in order. Exit code 0:
    ended; 1: the ledger is damaged; 2: it is not known whether a statement was taken in.
    .ledger = Folder or database of the ledger; else as set
    .keys = Folder with the keys of a ledger in a database; else as set
    .listen = Host and port to listen at, such as 127.0.0.1:8440
    .config = File with the settings
    .print-config = Print the settings as a file, and do nothing else
    .example =
        anchor serve --ledger ledger --listen 127.0.0.1:8440
        anchor serve --ledger postgres://ledger@db.example/ledger --keys keys
        anchor serve --print-config
help-anchor-log =
    Shows the statements on the ledger and which of them count.

    With “--json” one object a line with the keys index, admitted, type, issuer, seq, time, counted, refusal, school,
    key, name, number, place, state, kinds, from, until, kind, size, root, reason, certificates, successors, from_index,
    version and note; what does not apply is null.
    .ledger = Folder or address of the ledger; else $SCHULSIEGEL_LEDGER, else the current folder
    .trust = Trust folder that says whom to believe; needed if the ledger is at an address
    .json = Output for programs: JSON, one line a statement
    .example =
        anchor log --ledger ledger
        anchor log --ledger ledger --json
help-anchor-fsck =
    Looks a whole ledger over and changes nothing.

    Reads every statement and compares everything with the published state. Exit code 0: all is in order; 1: something
    is not. With “--json” one object with clean, entries, root, uncounted and findings.
    .ledger = Folder or database of the ledger; else $SCHULSIEGEL_LEDGER, else the current folder
    .json = Output for programs: JSON
    .example =
        anchor fsck --ledger ledger
help-anchor-trust =
    Writes the trust folder for schools and all who check.

    It holds the keys that are trusted and where the ledger is. Hand it on in a way in which nobody can exchange it.
    Moving ledger and trust folder together changes nothing.
    .out = Folder that is written; an existing one of the same ledger is renewed
    .ledger = Folder of the ledger; else $SCHULSIEGEL_LEDGER, else the current folder
    .place = Address at which the ledger is served to those who get the folder, such as https://ledger.example; else the folder itself
    .max-age = How old the ledger's state may be when checking, such as 36h or 7d; else as before or 7d
    .example =
        anchor trust --out trust --ledger ledger
        anchor trust --out trust --ledger ledger --max-age 36h

## What is typed.

anchor-which-ledger = Which ledger is meant?
    .hint = Give “--ledger DIR”, set SCHULSIEGEL_LEDGER, or go to the ledger's folder.
anchor-unknown-place = This version cannot use “{ $place }” as the place of a ledger.
    .hint = Name the folder that holds the ledger, or an address: https://…, http://… or postgres://…
anchor-only-folder = “{ $place }” is the address of a service: this can only be done at the ledger itself.
    .hint = Run the command on the machine that has the ledger's folder, and name the folder; or name the database.
anchor-file-too-large = “{ $path }” is too large: at most { $cap } bytes are read.
    .hint = Check that it is the right file.
anchor-bad-name = up to 100 small letters, digits, dots, slashes and hyphens are allowed
anchor-bad-land = the official keys 01 to 16 are allowed
anchor-bad-kinds = kinds of certificates have small letters, digits and hyphens and are separated by commas
anchor-bad-date = a day is written as YYYY-MM-DD
anchor-no-runtime = The program cannot start its work: { $reason }
    .hint = The computer probably has too little memory or too many open programs.

## init

init-done = The ledger “{ $origin }” is made: { $folder }
init-unnamed-folder = “{ $folder }” is no name for a new folder.
    .hint = Give the folder a name, such as “--dir ledger”.
init-done-database = The ledger “{ $origin }” is made: { $place }. Its keys are in: { $folder }
init-bad-address = This is not the address of a database.
    .hint = It has the form postgres://user@host:port/database. The password had better stand in PostgreSQL's password file.
init-hand-out-keys = Back the folder up, and give it to each machine that is to run “anchor serve”. Nobody else may get “ledger.key” and “time.key”.
init-keep-keys = Back the folder up. Nobody else may get “ledger.key” and “time.key”.
init-next-authority =
    Next, set up the ministry that accredits schools:
      anchor init-authority --dir DIR --name NAME --state LAND --origin { $origin } --ledger { $place }
init-next-trust =
    Then write the trust folder and give it to schools and to all who check:
      anchor trust --out DIR --ledger { $place }

## init-authority

init-authority-done = The ministry “{ $name }” ({ $land }) is set up: { $folder }
key-fingerprint = Fingerprint of the key: { $fingerprint }
init-authority-line = This line belongs into the file “authorities” of the ledger and of the trust folders:
init-authority-pinned = Pinned in the ledger: { $folder }. Now write the trust folder anew with “anchor trust”.
init-authority-hand-over = Give the line to whoever runs the ledger “{ $origin }” and have the fingerprint compared on the telephone.
init-authority-other-ledger = The ledger in “{ $folder }” is “{ $got }”, not “{ $wanted }”.
    .hint = “--origin” must be the name of the ledger that the ministry signs for.

## accredit

accredit-which-authority = Which ministry signs?
    .hint = Give “--authority DIR”, set SCHULSIEGEL_AUTHORITY, or go to the ministry's folder.
accredit-no-request = “{ $path }” is no request of a school ({ $text }).
    .hint = The school makes its request with “issuer init”. Have the file sent to you unaltered.
accredit-request-forged = The request “{ $path }” is not signed with the key that it names.
    .hint = It was altered or does not come from the school. Ask there.
accredit-empty-period = The accreditation would end ({ $until }) before it begins ({ $from }).
    .hint = Check “--from” and “--until”.
accredit-request =
    Request for accreditation
      School:         { $name }
      School number:  { $number }
      Place:          { $place }
      Land:           { $land }
      Certificates:   { $kinds }
      Valid from:     { $from }
      Valid until:    { $until }
      Key name:       { $school }
      Fingerprint:    { $fingerprint }
      Requested:      { $time }
accredit-is-new = New: { $ledger } does not know this school yet.
accredit-extends = Extension: on { $ledger } the school is accredited with this key until { $until }; the new accreditation takes that place at once.
accredit-other-key = ANOTHER KEY: on { $ledger } the school has the key with the fingerprint { $fingerprint }. It no longer counts after this.
accredit-changes-kinds = OTHER KINDS: { $before } until now, { $after } from now on. “--kinds” says which.
accredit-changes-school = OTHER PARTICULARS: until now { $name }, { $place }, school number { $number }.
accredit-unseen = Without the ledger this follows from the ministry's own statements only; whether the school has changed its key does not stand there.
accredit-other-kinds = Other kinds of certificates were asked for: { $kinds }
accredit-all-kinds = all
accredit-question = Have you checked all this and compared the fingerprint with the school? Sign now?
accredit-declined = Nothing was signed.
accredit-not-written = The statement is signed, but “{ $path }” cannot be written: { $reason }
    .hint = It lies in “{ $kept }”. Hand that file on; do not sign again.
accredit-done =
    Signed: { $path } (kept as { $kept })
    Next, hand it in to the ledger: anchor submit { $path }

## submit, refresh

submit-done = Taken in: place { $index } of the ledger, { $time }.
refresh-done = The ledger's state is confirmed: { $time }.

## log

column-index = Place
column-admitted = Taken in
column-type = Type
column-issuer = By
column-seq = Number
column-what = About
column-counts = Counts
log-empty = The ledger has no entries yet.
log-counts = yes
log-counts-not = no: { $reason }
log-unknown-type = unknown
type-accredit = accreditation
type-batch = batch
type-revoke = revocation
type-replace = replacement
type-suspend = suspension
type-resume = end of suspension
type-rotate = change of key
type-compromise = key in other hands
type-uphold = upheld revocation
type-require = least version

## fsck

fsck-entries = { $count ->
        [0] The ledger has no entries.
        [one] One entry checked, root { $root }
       *[other] { $count } entries checked, root { $root }
    }
fsck-uncounted = Place { $index } does not count: { $reason } (code: { $code }). This is no damage.
fsck-clean = The ledger is in order.
fsck-not-clean = { $count ->
        [one] The ledger is not in order:
       *[other] The ledger is not in order, { $count } findings:
    }
    .hint = While it is not clear where this comes from, change nothing in the ledger's folder and keep a copy of it.
finding-database = The database is damaged ({ $text }). Restore the latest sound backup.
finding-entry = An entry is damaged ({ $text }). Restore the latest sound backup.
finding-bad-checkpoint = The published state (files “checkpoint” and “policy”) is missing, damaged or signed with a foreign key.
finding-rolled-back = Entries are missing: { $got } are there, { $wanted } were published. Usually an older backup was restored; bring back the latest “ledger.db”.
finding-older-than-seen = The ledger is older than it once was here: { $got } entries are there, { $wanted } were seen. A backup may be; a ledger in use may not: bring back the latest state.
finding-forked = The entries are not those that were published. Bring back the “ledger.db” that belongs to the file “checkpoint”.
finding-unpublished = { $count ->
        [one] One entry is
       *[other] { $count } entries are
    } taken in but not published yet: the ledger was interrupted. “anchor refresh” makes up for it.
finding-schema = Somebody changed tables or guards of the database. Restore the latest sound backup.
finding-no-time = The published state carries no valid time. Check this computer's clock; “anchor refresh” confirms it anew.

## trust

trust-done = The trust folder is written: { $folder } (a state may be { $age } old at most)
trust-key = { $what }: { $name }, fingerprint { $fingerprint }
trust-key-log = Ledger
trust-key-witness = Witness of the time
trust-key-authority = Ministry ({ $land }; counts { $window })
trust-next = Whoever checks certificates takes it over with “verifier trust add { $folder }” and compares the fingerprints with you in another way.
trust-bad-address = an address such as https://ledger.example is needed
trust-of-another-ledger = “{ $folder }” is a trust folder with other keys. It is not overwritten.
    .hint = Use “--out” to name a new folder.
trust-unwritable-place = The place “{ $path }” cannot be written into the trust folder.
    .hint = Move the ledger to a folder whose name has no special characters.
trust-bad-age = possible are minutes, hours and days such as 90m, 36h or 7d

## serve

serve-listening = The ledger “{ $origin }” is served at { $address }.
serve-stopped = Ended.
serve-bad-file = The settings cannot be used: { $text }
    .hint = “anchor serve --print-config” shows all settings with their meaning.
serve-bad-variable = “{ $value }” is no value for { $name }.
    .hint = “anchor serve --print-config” shows all settings with their meaning.
serve-cannot-listen = “{ $address }” cannot be listened at: { $reason }
    .hint = Check host and port; another program may have the port.
serve-outcome-unknown = The disk failed while statements were being taken in. It is not known whether they are on the ledger ({ $text }).
    .hint = Check the disk, then start again: the ledger finds out by itself.

# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### What every program says of ledgers, keys and trust folders.

## A ledger that cannot be made or opened.

ledger-not-found = There is no ledger in “{ $folder }”.
    .hint = Use “--ledger” to name the folder that holds “ledger.db”.
ledger-no-tables = There is no ledger in the database “{ $place }”.
    .hint = Check the database's name and machine. “anchor init --ledger { $place } --dir FOLDER” makes a new ledger.
ledger-has-tables = There is a ledger in the database “{ $place }” already.
    .hint = Use an empty database of its own for a new ledger.
ledger-no-keys = No folder with keys is named for the ledger in “{ $place }”.
    .hint = Name the folder that “anchor init” made: with “--keys FOLDER”, in the setting “keys” or in SCHULSIEGEL_KEYS. Who only hands in entries had better name the service's address (https://…).
ledger-other-keys = The keys in “{ $folder }” are not those of the ledger in “{ $place }”.
    .hint = Name the folder that was made with this ledger.
ledger-not-durable = The database does not wait for the disk (“fsync” is off). After a crash, entries could be missing that were published already.
    .hint = Switch “fsync” on in PostgreSQL's configuration.
ledger-not-empty = “{ $folder }” is not empty. A new ledger needs a new or empty folder.
    .hint = Name a folder that does not exist yet.
ledger-on-network = “{ $folder }” is on a network drive ({ $kind }). A ledger can be damaged there without warning.
    .hint = Put the ledger on a disk of this computer.
ledger-io = “{ $path }” in the ledger's folder cannot be read or written: { $reason }
    .hint = Check that the folder is complete and that your user account may use it.
ledger-bad-authorities = Line { $line } of the ledger's file “authorities” is wrong: { $reason }
    .hint = A line reads: Land, key, ledger, first place where the key counts, first place where it no longer counts, or “-”.

## A ledger that cannot be read or believed.

ledger-unavailable = The ledger cannot be read ({ $text }).
    .hint = Check that its disk, its database or its service can be reached, then try again.
ledger-too-short = The ledger has only { $size ->
        [one] one entry
       *[other] { $size } entries
    }; more were asked for.
    .hint = “anchor fsck” shows whether the ledger lacks something.
ledger-damaged = The ledger is damaged ({ $text }).
    .hint = Do not write to it any more. “anchor fsck” shows the damage; restore the latest sound backup.
replay-progress = Reading the ledger
ledger-rolled-back = The ledger lacks entries: it has { $got }, { $wanted } were published.
    .hint = Usually an older backup was restored. Bring back the latest state; a copy made by “verifier sync” has all entries, too. Whoever appends to the older one makes two ledgers out of one, and nobody believes it any more. Do not delete the file “checkpoint”: it tells everybody what was published.
ledger-forked = The ledger has other entries than it has published (among the first { $size }).
    .hint = Do not write to it any more and keep both states. Bring back the “ledger.db” that belongs to the file “checkpoint”.
ledger-other-root = The ledger's entries do not fit the state that it has signed.
    .hint = Keep the ledger's folder as it is and report the case to whoever runs the ledger.
ledger-root-wanted = published: { $root }
ledger-root-got = found: { $root }
ledger-is-another = The ledger there is “{ $got }”, expected was “{ $wanted }”.
    .hint = Check the ledger's place in the file “ledgers” of the trust folder.
ledger-not-trusted = The ledger “{ $origin }” is not trusted here: the trust folder does not know its key.
    .hint = Ask whoever runs the ledger for the current trust folder.

## A statement that was not appended. The parts of append-rejected are the refusals below.

append-rejected = The ledger refuses the statement: { $reason } (code: { $code }).
    .hint = { $advice }
append-conflict = The ledger has grown meanwhile; nothing was appended.
    .hint = Try again.
append-unavailable = Nothing was appended ({ $text }).
    .hint = Remove the cause and try again; nothing will be appended twice.
append-clock-behind = Nothing was appended: this computer's clock says { $now }, the last entry is of { $last }.
    .hint = Set this computer's clock and try again.
append-outcome-unknown = It is not known whether the statement is on the ledger ({ $text }).
    .hint = Repeat the same command: what is on the ledger already will not be appended again.

## Why a statement does not count (refusal-CODE), and what to do (refusal-advice-CODE).

refusal-malformed = it does not have the prescribed form
refusal-advice-malformed = Check that the file is unaltered and complete; otherwise have it made anew.
refusal-unknown-type = this version does not know this type of statement
refusal-advice-unknown-type = Use a newer version of Schulsiegel.
refusal-wrong-ledger = it is meant for another ledger
refusal-advice-wrong-ledger = Submit it to the ledger that the file names in its line “ledger”.
refusal-time-ahead = its time lies more than ten minutes in the future
refusal-advice-time-ahead = Check the clocks of both computers: the one that signed and the one with the ledger.
refusal-duplicate = it is on the ledger already
refusal-advice-duplicate = There is nothing to do; “anchor log” shows the entry.
refusal-unknown-issuer = nobody of this name may make statements here
refusal-advice-unknown-issuer = A school first needs its ministry's accreditation; a ministry must stand in the ledger's file “authorities”.
refusal-bad-signature = it is not signed with its sender's key
refusal-advice-bad-signature = Check that the file is unaltered and that the sender used the current key.
refusal-outside-window = the ministry's key does not count at this place of the ledger
refusal-advice-outside-window = The ministry must sign with its current key.
refusal-wrong-land = it concerns { $got }, but the ministry acts for { $wanted }
refusal-advice-wrong-land = It takes the ministry of the Land where the school is.
refusal-wrong-seq = it has the number { $got }, the next one is { $wanted }
refusal-advice-wrong-seq = Submit this sender's statements in their order and without gaps.
refusal-wrong-prev = it does not continue its sender's statement before it
refusal-advice-wrong-prev = There are probably two statements of the same number. “anchor log” shows which one was taken in.
refusal-key-of-another-name = the key has another name than the school
refusal-advice-key-of-another-name = The school must make its request anew.
refusal-key-used-before = the key was used before
refusal-advice-key-used-before = The school must make a new key and a new request.
refusal-empty-period = the accreditation ends before it begins
refusal-advice-empty-period = Have the accreditation made anew with the right beginning and end.
refusal-kind-out-of-scope = the school is not accredited for this kind of certificate
refusal-advice-kind-out-of-scope = Check the kind of certificate, or ask the ministry for a further accreditation.
refusal-before-period = the school's accreditation has not begun
refusal-advice-before-period = Wait until the accreditation begins.
refusal-after-period = the school's accreditation is over
refusal-advice-after-period = Ask the ministry for a new accreditation.
refusal-key-retired = the school has a newer key by now
refusal-advice-key-retired = Use the new key. “issuer status” shows since when there is one.
refusal-key-compromised = this key was reported as stolen or misused
refusal-advice-key-compromised = The school needs a new key and, for that, a new accreditation by its ministry.
refusal-suspended = the school is suspended at present
refusal-advice-suspended = Only its ministry can lift the suspension.
refusal-too-many-rotations = the key was changed too often since the last accreditation
refusal-advice-too-many-rotations = Ask the ministry for a new accreditation of the key that you have now.
refusal-unknown-school = no school of this name is accredited in this Land
refusal-advice-unknown-school = “anchor schools” shows the names of the accredited schools.
refusal-unknown-key = no school of this Land has or had this key
refusal-advice-unknown-key = “anchor schools” shows the keys of the accredited schools.
refusal-from-index-ahead = it is to apply from entry { $got }, but itself stands at { $wanted }
refusal-advice-from-index-ahead = Name an entry that exists; “anchor log” shows them.

## Trust folders.

trust-io = “{ $path }” of the trust folder cannot be read or written: { $reason }
    .hint = A trust folder has the files “policy”, “authorities”, “max_age” and “ledgers”; whoever runs the ledger hands it out.
trust-bad-line = Line { $line } of “{ $path }” is wrong: { $reason }
    .hint = Ask whoever runs the ledger for the trust folder again.
trust-bad-max-age = “{ $path }” holds no length of time.
    .hint = Possible are minutes, hours and days, such as “90m”, “36h” or “7d”.
trust-bad-ledgers = this is no ledger with a place that this version can read

## Lines of the files “authorities” and “policy”.

fault-not-text = the file is too large or not text
fault-word-count = there must be five words
fault-bad-land = the Land is no number from 01 to 16
fault-bad-key = this is no key that may stand here
fault-bad-origin = this is no name of a ledger
fault-bad-window = the two places between which the key counts are wrong
fault-duplicate-key = this key stands here twice
fault-unknown-line = there is no line of this kind
fault-unknown-algorithm = this version does not know this type of key
fault-duplicate-name = this name is taken already
fault-unknown-name = no earlier line explains this name
fault-member-twice = a member may stand in one group only
fault-bad-threshold = the number of members asked for is not possible
fault-quorum-count = there must be exactly one line “quorum”
fault-other = { $text }

## Pinned keys and ages.

window-all = for all entries
window-from = from entry { $first } on
window-closed = only from entry { $first } on and before entry { $end }; no longer after that
age-minutes = { $count ->
        [one] one minute
       *[other] { $count } minutes
    }
age-hours = { $count ->
        [one] one hour
       *[other] { $count } hours
    }
age-days = { $count ->
        [one] one day
       *[other] { $count } days
    }

## Private keys.

key-io = The key file “{ $path }” cannot be read or written: { $reason }
    .hint = Check where the file is and that your user account may use it. An existing key is never overwritten.
key-not-private = Other users of this computer can read the key file “{ $path }”.
    .hint = Take that right from them (chmod 600 “{ $path }”) and consider whether the key is in other hands already.
key-not-a-key = “{ $path }” is no key that Schulsiegel can use.
    .hint = It takes an Ed25519 key (PKCS#8, PEM). Bring the file back from the backup.
key-no-randomness = This computer gives no random numbers ({ $text }); without them no key is safe.
    .hint = Try again after a restart or on another computer.

## The Länder by their official keys.

land-01 = Schleswig-Holstein
land-02 = Hamburg
land-03 = Lower Saxony
land-04 = Bremen
land-05 = North Rhine-Westphalia
land-06 = Hesse
land-07 = Rhineland-Palatinate
land-08 = Baden-Württemberg
land-09 = Bavaria
land-10 = Saarland
land-11 = Berlin
land-12 = Brandenburg
land-13 = Mecklenburg-Western Pomerania
land-14 = Saxony
land-15 = Saxony-Anhalt
land-16 = Thuringia

## A ministry's folder.

ministry-io = “{ $path }” in the ministry's folder cannot be read or written: { $reason }
    .hint = Use “--authority” to name the folder that holds “authority.toml”, and check that your user account may use it.
ministry-bad-config = “{ $path }” is faulty ({ $text }).
    .hint = The file gives “name”, “state” and “ledger”. Bring it back from the backup.
ministry-broken-chain = “{ $path }” is missing or is not the statement that must be there.
    .hint = Every statement continues the one before it. Bring the whole folder “statements” back from the latest backup.
ministry-bad-statement = No valid statement can be made of this ({ $text }).
    .hint = Check what you have given, above all the number of kinds of certificates.
ministry-other-land = The request comes from { $got }, but the ministry acts for { $wanted }.
    .hint = Only the ministry of the Land where the school is can accredit it.

## Why a certificate was withdrawn (withdrawal-reason-CODE).

withdrawal-reason-error = issued in error
withdrawal-reason-withdrawn = qualification withdrawn
withdrawal-reason-lost = document lost
withdrawal-reason-other = other reason
desk-no-pins = Whom to believe about “{ $place }” is not said.
    .hint = Name a trust folder with “--trust DIR”: beside an address there are no files that could say so.

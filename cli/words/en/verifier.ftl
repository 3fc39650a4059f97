# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The verifier program.

help-verifier = Checks whether certificates are genuine, who issued them, and whether they were revoked.
    .example =
        verifier check applications/
        verifier check --json certificate.pdf
        verifier sync
        verifier trust add trust/
help-verifier-check = Checks files, and all PDF files in folders.

    What is genuine is decided by the trust folder: by keys of authorities and
    ledgers, never by anything in the file. If a file's proof lies beside it
    (NAME.pdf.proof), that is used.

    Exit code: 0 all genuine; 1 something is not genuine, revoked, replaced or
    without a seal; 2 something cannot be decided; 64 wrong usage.
    .example =
        verifier check applications/
        verifier check certificate.pdf --trust trust/
        verifier check applications/ --csv result.csv
        verifier check extended.pdf --recover folder/
        verifier check applications/ --offline
    .path = Files and folders; “-” is standard input
    .trust = Trust folder; else $SCHULSIEGEL_TRUST, else your own
    .json = Print one JSON object a file
    .csv = Write the result also as a table for Excel or LibreOffice
    .no-ledger = Do not ask the ledger: shows only that it was issued
    .offline = Read the copies that “verifier sync” makes instead of the ledgers
    .replay = Replay the whole ledger and use nothing that was kept from earlier
    .copy = Folder of the copies; else your own
    .recover = Write the sealed part of files that something was added to into this folder
help-verifier-sync = Makes verified copies of the ledgers on this machine and keeps them up to date.

    With them, “verifier check --offline” checks without a ledger. Only what is signed
    and continues what was known is taken over. A ledger that shows other or fewer
    entries than before is an alarm: the copy stays as it was, both checkpoints are
    kept, and nothing more is done with this ledger until somebody has acknowledged the
    alarm with --acknowledge. That only allows a new attempt, which is checked like
    every other.

    Exit code: 0 all copies are up to date; 2 at least one is not; 64 wrong usage.
    .example =
        verifier sync
        verifier sync --trust trust/ --json
        verifier sync --from extract.snapshot
        verifier sync --acknowledge siegel.example
    .trust = Trust folder; else $SCHULSIEGEL_TRUST, else your own
    .copy = Folder of the copies; else your own
    .from = Read a file that “verifier snapshot” wrote instead of the ledgers
    .anew = Set a damaged copy aside and make a new one
    .acknowledge = Take note of the alarm about this ledger
    .json = Print one JSON object a ledger
help-verifier-snapshot = Writes the ledgers as a whole into one file.

    Brings the copies up to date first, then writes them with the signatures of the
    ledgers into the file. On a machine without a network, “verifier sync --from FILE”
    takes it into the copies there.

    Exit code: 0 written; 2 not written, or a ledger could not be reached and the file
    has its last known state; 64 wrong usage.
    .example =
        verifier snapshot --out extract.snapshot
        verifier snapshot --out extract.snapshot --origin siegel.example
    .out = Into this file, which does not exist yet
    .origin = This ledger only; else all that are trusted
    .trust = Trust folder; else $SCHULSIEGEL_TRUST, else your own
    .copy = Folder of the copies; else your own
help-verifier-trust = Shows or changes who is trusted.
    .example =
        verifier trust add trust/
        verifier trust show
help-verifier-trust-add = Takes up a trust folder or a file of authorities.

    Shows the fingerprints of the keys, for which entries of which ledger they count and
    what changes, and asks. Compare them with what the ministry makes known in another
    way. A further ledger is added if nothing changes about who has to witness the state
    of those that are there.
    .example =
        verifier trust add trust/
        verifier trust add authorities --to /etc/schulsiegel/trust
    .path = Trust folder, or file of authorities
    .to = Into this trust folder instead of your own
    .either = Ledgers with different witnesses in one folder: each of them may then witness the state of each ledger
    .yes = Do not ask
help-verifier-trust-show = Shows the trust folder with all fingerprints.
    .example =
        verifier trust show
    .trust = Trust folder; else $SCHULSIEGEL_TRUST, else your own

## check

check-no-trust = It is not settled who is trusted.
    .hint = Name the trust folder of the Land with “--trust”, or take it up with “verifier trust add”.
check-nothing = No PDF file was found.
    .hint = In folders, files are checked whose names end in .pdf.
check-progress = Checking
check-file = File
check-verdict = Result
check-school = School
check-kind = Kind
check-date = Date
check-summary = { $count ->
        [one] One file: { $counts }
       *[other] { $count } files: { $counts }
    }
check-as-of = Not revoked as of { $time }.
check-advice = { $count }× “{ $reason }” → { $advice }
check-withdrawn = on { $date } by { $by ->
        [authority] the ministry
       *[other] the school
    } ({ $reason })
check-replaced = on { $date }; as its successor, the school names { $successor }
check-sealed-part = The sealed part by itself: { $verdict }.
check-recovered = The sealed part is in “{ $path }”.
check-ledger-failed = The ledger “{ $ledger }” is of no help here: { $reason }
check-forgetful = The ledger's state could not be remembered; if it were set back later, nobody would notice.
check-no-copy = There is no copy of it on this machine. “verifier sync” makes one.
check-alarm = The sync of { $time } raised an alarm that nobody has acknowledged yet. { $reason } “verifier sync” shows it.

## sync

sync-no-folder = No folder for copies is known for this user.
    .hint = Name a folder with “--copy”.
sync-nothing = The trust folder names no ledger.
    .hint = “verifier trust show” shows who is trusted.
sync-progress = Fetching { $ledger }
sync-done = { $ledger }: { $count ->
        [0] no new entry
        [one] one new entry
       *[other] { $count } new entries
    }, { $size } in all; as of { $time }.
sync-done-without-time = { $ledger }: { $count ->
        [0] no new entry
        [one] one new entry
       *[other] { $count } new entries
    }, { $size } in all; nobody vouches for the time.
sync-was-ahead = The copy of “{ $ledger }” was ahead already; it stays as it is.
sync-set-aside = The copy of “{ $ledger }” was damaged and was made anew. The old one is in “{ $path }” now.
sync-not-pinned = The ledger “{ $ledger }” in the file is not trusted here; it is passed over.
sync-none-pinned = “{ $path }” holds no ledger that is trusted here.
    .hint = “verifier trust show” shows who is trusted; “verifier trust add” takes up a trust folder.
sync-ledger-failed = The copy of “{ $ledger }” stays as it was. { $reason }
    .hint = { $advice }
sync-advice = { $text }
sync-advice-place = Write into the file “ledgers” of the trust folder where it is, or fetch a file with “--from”.
sync-advice-unreachable = Check that the place in the file “ledgers” of the trust folder is right and can be reached; then try again.
sync-no-place = The trust folder does not say where this ledger is.
sync-forked = ALARM: the ledger “{ $ledger }” shows two different histories (noticed { $time }; { $known } entries were known, { $shown } are shown).
    .hint = The copy is unchanged. Keep both checkpoints and report this to the ministry and to whoever runs the ledger. After that, “verifier sync --acknowledge { $ledger }” allows a new attempt.
sync-rolled-back = ALARM: the ledger “{ $ledger }” shows less than before (noticed { $time }; { $known } entries were known, { $shown } are shown).
    .hint = The copy is unchanged. Keep both checkpoints and report this to the ministry and to whoever runs the ledger: perhaps an old backup was restored. After that, “verifier sync --acknowledge { $ledger }” allows a new attempt.
sync-known = known checkpoint: { $path }
sync-shown = shown checkpoint: { $path }
sync-unkept = The checkpoints could not be kept ({ $text }); the next sync tries again.
sync-no-alarm = There is no alarm about “{ $ledger }”.
    .hint = “verifier sync” shows how the copies stand.
sync-acknowledged = The alarm about “{ $ledger }” is acknowledged. Copy and evidence stay as they are; “verifier sync” checks the ledger as before.

## Copies that cannot be used

copy-damaged = The copy of “{ $ledger }” on this machine is damaged ({ $text }). This says nothing about the ledger.
    .hint = “verifier sync --anew” sets it aside and makes a new one.
copy-unusable = The copy of “{ $ledger }” on this machine cannot be used. { $reason }
    .hint = Check room and rights, or name another folder with “--copy”.
copy-bad-alarm = There is an alarm about “{ $ledger }”, but “{ $path }” cannot be read: { $reason }
    .hint = Look into the folder “evidence” beside it for what was kept. After that, “verifier sync --acknowledge { $ledger }” allows a new attempt.

## snapshot

snapshot-written = { $entries ->
        [one] One entry
       *[other] { $entries } entries
    } of { $ledgers ->
        [one] one ledger
       *[other] { $ledgers } ledgers
    } written into “{ $path }”.
snapshot-of-copy = The file gets the last known state of “{ $ledger }”.
snapshot-refused = No file was written: “{ $ledger }” cannot be had like this.
    .hint = Put right what stands above, or name another ledger with “--origin”.
snapshot-unwritten = No file was written ({ $text }).
    .hint = “verifier sync” checks the copies.
snapshot-is-none = “{ $path }” is no file of ledgers.
    .hint = “verifier snapshot” writes one.
snapshot-other-version = “{ $path }” has a form that this version does not know.
    .hint = Install the same, newest version on both machines.
snapshot-truncated = “{ $path }” did not arrive completely. Nothing was taken over.
    .hint = Copy the file again.
snapshot-malformed = “{ $path }” is not sound ({ $text }). Nothing was taken over.
    .hint = Copy the file again, or write a new one with “verifier snapshot”.

## CSV

csv-file = File
csv-verdict = Result
csv-reason = Reason
csv-explanation = Explanation
csv-school = School
csv-number = School number
csv-place = Place
csv-state = Land
csv-kind = Kind
csv-issued = Issued
csv-admitted = On the ledger since
csv-as-of = As of
csv-issuer-status = School today
csv-successor = Replaced by
csv-certificate = Certificate id

## trust

trust-no-folder = No folder for settings is known for this user.
    .hint = Name a folder with “--to”.
trust-question = Are these fingerprints the same as those that the ministry makes known, and is every change intended?
trust-unchanged = Nothing was changed.
trust-nothing-new = “{ $path }” has all of this already. Nothing was changed.
trust-added = Added to “{ $path }”.
trust-folder = Trust folder: { $path }
trust-pin = { $role }: { $name }
trust-fingerprint = fingerprint: { $fingerprint }
trust-window = counts on the ledger { $ledger } { $window }
trust-new = NEW
trust-same = unchanged
trust-changed = CHANGED; before: { $role }, “{ $name }”, counts { $window }
trust-authority = Authority, { $land }
trust-ledger = Ledger
trust-witness = Witness
trust-quorum = The state of a ledger has to be witnessed by: { $witnesses }
trust-no-quorum = Nobody has to witness the state of a ledger.
trust-quorum-before = CHANGED. Before: { $before }
trust-age = A state may be { $age } old at most.
trust-age-before = CHANGED. Before: { $age }
trust-place = The ledger { $ledger } lies in “{ $place }”.
trust-other-key = In “{ $path }” the ledger “{ $ledger }” has another key.
    .hint = A ledger does not change its key. Ask the ministry which trust folder is the right one; another ledger belongs into a second one, with “--to”.
trust-other-quorum = “{ $path }” asks for other witnesses of the state of ledgers than what is to be added.
    .hint = Make a second trust folder with “--to”. If the same people run the ledgers, “--either” puts both into one: each of the witnesses may then witness the state of each of the ledgers.
trust-impossible = What “{ $path }” asks of witnesses and what is to be added cannot be said in one file “policy”.
    .hint = Make a second trust folder with “--to”.
trust-bad-place = The place “{ $path }” of a ledger cannot be taken over into another trust folder.
    .hint = Move the ledger to a folder whose name has no special characters.
trust-no-folder-yet = “{ $path }” does not exist yet, and authorities alone are not enough.
    .hint = Take up the whole trust folder of the Land first.
trust-other = This cannot be taken up: { $reason }

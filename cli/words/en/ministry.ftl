# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### What a ministry states with “anchor”, and what is read when a ledger is watched.

## Help. What all these commands have in common stands here only once.

ministry-help = In common
    .authority = The ministry's folder; otherwise $SCHULSIEGEL_AUTHORITY, otherwise the current folder
    .ledger = A ledger's folder or address; may be given several times; otherwise $SCHULSIEGEL_LEDGER
    .trust = Trust folder that says whom to believe; needed if the ledger is at an address
    .out = Without the ledger: file for the signed statement, or an existing folder for several
    .origin = With “--out”, if the ministry serves several ledgers: for which one
    .yes = Sign without asking
    .one-ledger = The ledger's folder; otherwise $SCHULSIEGEL_LEDGER, otherwise the current folder

help-anchor-add-ledger =
    Has the ministry serve a further ledger with the same key.

    Each ledger has a chain of statements of its own; they lie in a folder below “statements”.
    .origin = Name of the further ledger
    .authority = { ministry-help.authority }
    .ledger = Folder of that ledger if it is here: enters the ministry at once
    .example =
        anchor add-ledger ledger2.example --authority km --ledger ledger2
help-anchor-suspend =
    Suspends a school: for now it can make no statements.

    Applies to every ledger on which the school is accredited. What it issued before stays valid; checks show the
    suspension beside it. A new accreditation does not lift it, only “anchor resume” does. Exit code 1: did not arrive on
    every ledger.
    .school = The school's key name; “anchor schools” shows it
    .reason = The reason as one word of small letters, digits and hyphens; stands on the ledger for all to see
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor suspend schule/07/12345 --reason inquiry --ledger ledger
        anchor suspend schule/07/12345 --reason inquiry --out suspension.note
help-anchor-resume =
    Lifts the suspension of a school.
    .school = The school's key name; “anchor schools” shows it
    .reason = The reason as one word of small letters, digits and hyphens; stands on the ledger for all to see
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor resume schule/07/12345 --reason cleared-up --ledger ledger
help-anchor-compromise =
    States that a key was in other hands from some place of the ledger on.

    What was stated with it from there on no longer counts, nor does anything under keys that it was changed to. Shows
    first what that is. The school then needs a new key and a new accreditation; with it, it can confirm honest batches
    again, and “anchor uphold” confirms honest revocations. Applies to every ledger on which the school is accredited;
    “--from-index” counts on one only.
    .key = The key (as “anchor schools --json” shows it), or the school's name: then its present one
    .from-index = First place of the ledger that is no longer to be believed
    .from = The day instead (YYYY-MM-DD, UTC): from the first entry of that day on, on each ledger by itself
    .withdrawals = File for the ids of certificates whose revocation becomes void; to be checked for “anchor uphold”
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor compromise schule/07/12345 --from-index 4711 --ledger ledger
        anchor compromise schule/07/12345 --from 2026-11-02 --ledger ledger
help-anchor-uphold =
    Confirms revocations that were right although they were made with a stolen key.

    Without that, such a certificate cannot be decided. More than 1000 ids are put into several statements.
    .ids = Ids of the certificates (64 characters)
    .from-file = File with one id a line; what follows a # is a remark
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor uphold --from-file ids.txt --ledger ledger
help-anchor-revoke =
    Revokes certificates of schools of the Land.

    The ledger does not see whose an id is: what stands here is signed. A revocation cannot be taken back. More than 1000
    ids are put into several statements.
    .ids = Ids of the certificates (64 characters)
    .from-file = File with one id a line; what follows a # is a remark
    .reason = Why: issued in error, qualification withdrawn, document lost, something else
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor revoke --from-file ids.txt --reason other --ledger ledger
help-anchor-retract =
    Sets statements aside that the ledger has refused and will never take in.

    Every statement continues the one before it; a refused one would hold up all others. With “--ledger” all from the
    first that this ledger refuses; without it only the last one. What stands on the ledger is never set aside. The files
    are renamed, not deleted.
    .authority = { ministry-help.authority }
    .ledger = The ledger's folder if it is here
    .trust = { ministry-help.trust }
    .origin = Without the ledger, if the ministry serves several: for which one the statement was
    .yes = Without asking
    .example =
        anchor retract --authority km --ledger ledger
        anchor retract --authority km
help-anchor-schools =
    Shows who is accredited, for what and since when.

    With “--json” one line for each accreditation with the keys state, school, name, number, place, kinds, from, until,
    index, accredited, closed, status, suspended, suspended_because, key, fingerprint, rotations, batches and
    void_batches.
    .ledger = { ministry-help.one-ledger }
    .trust = { ministry-help.trust }
    .land = Only this Land (official key 01 to 16)
    .all = Also accreditations in whose place there is a new one
    .json = Output for programs: JSON, one line for each accreditation
    .example =
        anchor schools --ledger ledger --land 07
        anchor schools --ledger ledger --all --json
help-anchor-watch =
    Watches a ledger and tells every statement.

    With “--school” a school sees what is stated under its name and about it, also what does not count; a ministry sees
    everything. Revocations by a ministry name only ids and appear only without “--school”. With “--webhook” everything
    goes as JSON to a web service until it accepts it with 2xx; after an interruption something may arrive twice. The keys
    are event (statement, alarm, recovered), ledger and those of “anchor log --json”; with alarm and recovered ledger,
    code and time. A ledger that cannot be read, or shows something else than before, is told once and watched on. Ends
    with Ctrl-C.
    .ledger = { ministry-help.one-ledger }
    .trust = { ministry-help.trust }
    .school = Only what is stated under this key name or about it
    .since = First place that is told; no longer counts once “--state” is further
    .state = File that remembers up to where was told
    .webhook = Address of a web service (http or https) that everything is sent to
    .interval = Seconds between two looks at the ledger
    .once = Look only once; exit code 1 on an alarm, 2 if the web service does not accept
    .json = Output for programs: JSON, one line each
    .example =
        anchor watch --ledger ledger
        anchor watch --school schule/07/1 --state state --webhook https://example.org

## Ledgers and folders that do not fit.

desk-statements-missing = The ledger has { $wanted } statements of this ministry, the folder only { $got }.
    .hint = Bring the folder “statements” back from the latest backup. If the ministry signed now, the ledger would not take it in.
desk-other-statement = “{ $path }” is not the statement that the ledger has under this number.
    .hint = Perhaps another computer signs with this key as well. Keep one folder only, and bring it back from the backup.
desk-blocked = An earlier statement is in the way: the ledger does not take “{ $path }” in, since { $reason } (code: { $code }).
    .hint = “anchor retract --ledger DIR” sets it aside if nobody needs it any more.
desk-refused = The ledger would not take the statement in: { $reason } (code: { $code }). Nothing was signed.
    .hint = { $advice }
desk-kept = Kept as { $path }; the next command hands it in first.
ministry-overtaken = Another statement was kept as “{ $path }” meanwhile. Nothing was handed out.
    .hint = Try again.
ministry-not-served = The ministry does not serve the ledger “{ $ledger }”.
    .hint = “anchor add-ledger” adds it, if that is what is meant.

## What all statements have in common.

errand-where = Where is the statement to go?
    .hint = Give “--ledger DIR” if the ledger is here, otherwise “--out FILE”.
errand-which-origin = For which ledger? The ministry serves several: { $names }
    .hint = Give one of them with “--origin”.
errand-ledger-twice = This ledger is named twice.
errand-not-at-hand = This ledger was not named; there it remains to be done.
errand-out-folder = There will be { $count } statements; “{ $path }” is not a folder.
    .hint = Make a folder and name it with “--out”.
errand-pending = First goes what is signed already: { $type }, { $path } ({ $ledger })
errand-unconcerned = { $ledger }: nothing to do, the school is not accredited there
errand-settled = { $ledger }: nothing to do, this holds there already; nothing was signed
errand-will-fail = { $ledger }: not possible here. { $reason }
errand-taken-in = { $ledger }: { $type } taken in, place { $index }, { $time } (kept as { $kept })
errand-not-everywhere = On { $count } of { $all } ledgers this was not done:
    .hint = Remove the cause and repeat the command for these ledgers.
errand-failed = { $ledger }: { $reason }
anchor-bad-token = a reason has up to 32 small letters, digits and hyphens

concerned =
    School concerned
      School:         { $name }
      School number:  { $number }
      Place:          { $place }
      Land:           { $land }
      Certificates:   { $kinds }
      Accredited:     { $from } until { $until }
      Key name:       { $school }
      Fingerprint:    { $fingerprint }
      Today:          { $status }
concerned-unknown = Nothing is known here of “{ $school }” but the key name. Check it.
kinds-shown = { $kinds }

## suspend, resume

suspend-reason = Reason: { $reason }
suspend-question = Suspend this school?
resume-question = Lift the suspension of this school?

## compromise

compromise-on = { $ledger }: void from place { $index } on
compromise-key = Fingerprint of the stolen key: { $fingerprint }
compromise-effect = What becomes void: { $batches ->
        [0] no batch
        [one] one batch
       *[other] { $batches } batches
    }, { $withdrawals ->
        [0] no revocation
        [one] one revocation
       *[other] { $withdrawals } revocations
    } and { $rotations ->
        [0] no change of key
        [one] one change of key
       *[other] { $rotations } changes of key
    }.
compromise-present-key = The school's present key becomes void as well: it needs a new one and a new accreditation.
compromise-effect-unknown = Without the ledger it cannot be said what becomes void by this, nor whether the school has changed its key.
compromise-question = This cannot be taken back. State it now?
compromise-list-written = Ids of the certificates whose revocation becomes void: { $path }. “anchor uphold --from-file” confirms what was right of them.
compromise-index-of-one = “--from-index” counts on one ledger only.
    .hint = Name a day with “--from”, or each ledger with its place by itself.
compromise-date-needs-ledger = Without the ledger it cannot be said which place belongs to that day.
    .hint = Give “--ledger”, or the place with “--from-index”; “anchor log” shows it.
compromise-which-key = Since place { $index } the school had more than one key. Which one was in other hands?
    .hint = Name the key in place of the school. If it was changed for another, that change becomes void as well.
compromise-key-since = since place { $index }: { $key }
compromise-bad-key = this is neither a key nor the key name of a school

## revoke, uphold

revoke-shown = { $count ->
        [one] One certificate is revoked
       *[other] { $count } certificates are revoked
    }, reason: { $reason }
uphold-shown = { $count ->
        [one] The revocation of one certificate is confirmed
       *[other] The revocation of { $count } certificates is confirmed
    }:
revoke-more = and { $count } more
revoke-ids-question = The ledger does not see whose an id is, and a revocation cannot be taken back. Revoke now?
uphold-question = Have you checked with the school that these revocations were right? Confirm now?
revoke-bad-id = an id has 64 characters, 0 to 9 and a to f
revoke-bad-line = line { $line }: “{ $text }” is not an id
revoke-bad-list = In “{ $path }” { $count ->
        [one] one line is
       *[other] { $count } lines are
    } wrong. Nothing was signed.
    .hint = Each line has an id of 64 characters, 0 to 9 and a to f; what follows a # is a remark.
revoke-empty-list = There is no id in “{ $path }”.
    .hint = Each line has an id of 64 characters, 0 to 9 and a to f.

## accredit --csv

accredit-no-argument = The request is missing.
    .hint = Name a school's request, or a list with “--csv”.
accredit-csv-not-utf8 = “{ $path }” is not saved as UTF-8.
    .hint = In Excel: “Save as”, file type “CSV UTF-8 (comma delimited)”.
accredit-csv-unreadable = “{ $path }” cannot be read as a table ({ $text }).
    .hint = First line: request;kinds;from;until. Then one line for each school.
accredit-csv-no-column = “{ $path }” lacks the column “request”.
    .hint = The first line names the columns: request;kinds;from;until. Only “request” must be there.
accredit-csv-empty = There is no school in “{ $path }”.
    .hint = After the first line follows one line for each school.
accredit-csv-bad = In “{ $path }” { $count ->
        [one] one line is
       *[other] { $count } lines are
    } wrong. Nothing was signed:
    .hint = Correct these lines or take them out, and start again.
accredit-csv-bad-row = line { $line }: { $reason }
accredit-csv-twice = The same school stands in line { $line } already.
accredit-csv-no-request = The file with the request is not named.
accredit-csv-bad-date = “{ $text }” is no day; write YYYY-MM-DD or DD.MM.YYYY.
accredit-csv-new = new
accredit-csv-extends = extension
accredit-csv-kinds = extension, OTHER KINDS; until now: { $before }
accredit-csv-other-key = ANOTHER KEY; until now: { $fingerprint }
accredit-csv-done = accredited already
accredit-csv-nothing = All these schools are accredited like this already. Nothing was signed.
accredit-csv-question = Have you checked all this and compared each fingerprint with its school? Sign { $count ->
        [one] one accreditation
       *[other] { $count } accreditations
    } now?
column-row = Line
column-school = School
column-place = Place
column-kinds = Certificates
column-from = From
column-until = Until
column-fingerprint = Fingerprint
column-plan = To do
column-ledger = Ledger

## add-ledger

add-ledger-done = The ministry now serves the ledger “{ $origin }” too: { $folder }
add-ledger-known = The ministry serves the ledger “{ $origin }” already: { $folder }

## retract

retract-shown = { $path }: { $type }, { $time }, { $about }
retract-refused = The ledger refuses: { $reason } (code: { $code }). What builds on it goes with it.
retract-question = Set aside?
retract-question-acceptable = The ledger would take this statement in. Whoever has it can still hand it in; the next one will not fit then. Set it aside all the same?
retract-question-unseen = Only if the ledger has refused this statement: if it stands there after all, no further one will be taken in. Set aside?
retract-declined = Nothing was set aside.
retract-nothing = No statement is kept for this ledger.
    .hint = There is nothing to do.
retract-on-ledger = All statements of this ministry are on the ledger. What stands there stays.
    .hint = There is nothing to do.
retract-done = Set aside: { $path }

## schools

schools-none = No school is accredited here.
schools-closed = superseded
schools-batches-void = { $all }, { $void } of them void
column-state = Land
column-key-name = Key name
column-since = Since
column-number = School number
column-status = Status
column-batches = Batches

## watch

watch-statement = { $time }  place { $index }: { $type } by { $issuer }, { $about } – { $counts }
watch-counts = counts
watch-counts-not = DOES NOT COUNT, since { $reason } (code: { $code })
watch-alarm = ALARM (code: { $code }): { $reason }
watch-recovered = The ledger is in order again and continues what was seen before.
watch-bad-address = it takes an address that begins with http:// or https://
watch-bad-interval = possible are 1 to 86400 seconds
watch-bad-state = “{ $path }” is no remembered state.
    .hint = Name another file. Without a state everything is told from the beginning.
watch-state-of-another = “{ $path }” belongs to a watch with another “--school”.
    .hint = Each watch needs a file of its own.
watch-no-tls = The web service cannot be spoken to: { $reason }
    .hint = Check that this computer has the usual certificates (ca-certificates).
watch-not-delivered = The web service did not accept something: { $reason }
    .hint = Repeat the command; it goes on from there.
watch-try-again = The web service did not accept: { $reason }. Trying again in { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    }.
webhook-status = { $host } answers with the status { $status }
webhook-unreachable = { $host } cannot be reached: { $why ->
        [timeout] no answer came in time
        [connect] no connection came about; check address, network and certificate
       *[other] the transmission broke off
    } (the system says: { $text })

## submit

submit-which = Not taken in: { $path }; the files after it are not handed in.

# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The verifier program.

help-verifier = Checks whether certificates are genuine, who issued them, and whether they were withdrawn.
    .example =
        verifier check applications/
        verifier check --json certificate.pdf
        verifier trust add trust/
help-verifier-check = Checks files, and all PDF files in folders.

    What is genuine is decided by the trust folder: by keys of authorities and
    ledgers, never by anything in the file. If a file's proof lies beside it
    (NAME.pdf.proof), that is used.

    Exit code: 0 all genuine; 1 something is not genuine, withdrawn, replaced or
    without a seal; 2 something cannot be decided; 64 wrong usage.
    .example =
        verifier check applications/
        verifier check certificate.pdf --trust trust/
        verifier check applications/ --csv result.csv
        verifier check extended.pdf --recover folder/
    .path = Files and folders; “-” is standard input
    .trust = Trust folder; else $SCHULSIEGEL_TRUST, else your own
    .json = Print one JSON object a file
    .csv = Write the result also as a table for Excel or LibreOffice
    .no-ledger = Do not ask the ledger: shows only that it was issued
    .recover = Write the sealed part of files that something was added to into this folder
help-verifier-trust = Shows or changes who is trusted.
    .example =
        verifier trust add trust/
        verifier trust show
help-verifier-trust-add = Takes up a trust folder or a file of authorities.

    Shows the fingerprints of the keys and asks. Compare them with those that the
    ministry makes known in another way.
    .example =
        verifier trust add trust/
        verifier trust add authorities --to /etc/schulsiegel/trust
    .path = Trust folder, or file of authorities
    .to = Into this trust folder instead of your own
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
check-as-of = Not withdrawn as of { $time }.
check-advice = { $count }× “{ $reason }” → { $advice }
check-sealed-part = The sealed part by itself: { $verdict }.
check-recovered = The sealed part is in “{ $path }”.
check-ledger-failed = The ledger “{ $ledger }” is of no help here: { $reason }
check-forgetful = The ledger's state could not be remembered; if it were set back later, nobody would notice.

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
trust-question = Are these fingerprints the same as those that the ministry makes known?
trust-unchanged = Nothing was changed.
trust-added = Taken up into “{ $path }”.
trust-folder = Trust folder: { $path }
trust-role = Who
trust-name = Key
trust-fingerprint = Fingerprint
trust-authority = Authority, { $land }
trust-ledger = Ledger
trust-witness = Witness
trust-other-policy = “{ $path }” already has another file “policy”.
    .hint = Make a second trust folder with “--to”, or merge the two by hand.
trust-no-folder-yet = “{ $path }” does not exist yet, and authorities alone are not enough.
    .hint = Take up the whole trust folder of the Land first.
trust-other = This cannot be taken up: { $reason }

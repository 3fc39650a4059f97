# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The issuer program.

help-issuer = Seals certificates and keeps the school's register.
    .example =
        issuer init
        issuer issue certificates/ --out sealed/ --kind abitur
        issuer list
    .config = The school's settings
help-issuer-init = Sets up a school: settings, key, request to the ministry.

    Asks for everything that is not given as an option. The private key stays on
    this computer; the request holds only the public one.
    .example =
        issuer init
        issuer init --name Burgschule --number 12345 --place Mainz --state 07
    .name = Name of the school
    .number = Official number of the school
    .place = Place
    .state = Key of the Land, 01 to 16
    .kinds = Kinds of certificates, separated by spaces; “*” for all
    .key-name = Name of the key; else from Land and number
    .trust = Trust folder of the Land, counted from the settings
    .ledger = Folder of the ledger; else the trust folder says it
help-issuer-issue = Seals files, and all PDF files in folders.

    All files are looked over first. If one is not in order, none is sealed, and you
    are told which and why. Originals stay as they are; nothing is overwritten. What
    is sealed already is left out.

    Exit code: 0 sealed; 1 refused; 2 not known or not finished (then
    “issuer resume”); 64 wrong usage.
    .example =
        issuer issue certificates/ --out sealed/ --kind abitur
        issuer issue certificate.pdf --out sealed/ --kind halbjahr --json
    .path = Files and folders
    .out = Folder for the sealed files
    .kind = Kind of the certificates, such as abitur, realschule, halbjahr
    .detached = Put the proof beside the file (NAME.pdf.proof) instead of into it
    .skip-bad = Leave out files that are not in order
    .again = Seal also what is sealed already
    .json = Print one JSON object a file
help-issuer-resume = Finishes what an earlier run did not finish.
    .example =
        issuer resume
    .without-missing = Close without the certificates whose originals are missing
help-issuer-list = Shows what was sealed.
    .example =
        issuer list
        issuer list 3
        issuer list --json
    .batch = Number of a sealing: shows its certificates
    .json = Print one JSON object a certificate
help-issuer-show = Shows one certificate.
    .example =
        issuer show sealed/certificate.pdf
        issuer show 3f9a27c1
    .what = File (original or sealed) or beginning of the certificate id
    .json = Print one JSON object
help-issuer-proof = Writes the proof of a certificate again.
    .example =
        issuer proof 3f9a27c1 --out certificate.pdf.proof
    .what = File (original or sealed) or beginning of the certificate id
    .out = File for the proof; else NAME.pdf.proof in the current folder

## Settings and register

config-missing = “{ $path }” does not exist: no school is set up here.
    .hint = “issuer init” sets one up; “--config” names another file.
config-exists = “{ $path }” exists already: a school is set up here.
    .hint = Name another file with “--config”. Nothing was changed.
config-malformed = “{ $path }” is faulty: { $text }
    .hint = “issuer init” in an empty folder shows what the file should look like.
config-bad-value = In “{ $path }” the value of “{ $field }” does not fit: { $value }
    .hint = “issuer init” in an empty folder shows what the file should look like.
config-other = This did not work: { $text }
register-failed = The register “{ $path }” cannot be used: { $text }
    .hint = Restore the last backup of the register. Sealed certificates are not affected.
register-not-one = “{ $path }” is not a register of this version.
    .hint = Look at the entry “register” of the settings, or use a newer version of the program.

## init

setup-name = Name of the school
setup-number = Official number
setup-place = Place
setup-state = Land (01 Schleswig-Holstein … 16 Thuringia)
setup-bad-name = Names have 1 to 200 bytes, one line and no invisible characters.
setup-bad-number = Numbers of schools have 1 to 16 digits, letters or hyphens.
setup-bad-state = The Land has two digits, 01 to 16: for example 07 for Rhineland-Palatinate.
setup-bad-kinds = Kinds are “*”, or words of small letters, digits and hyphens in ascending order.
setup-bad-key-name = Names of keys have small letters, digits, dots, slashes and hyphens.
setup-done = The school is set up: { $path }
setup-fingerprint = Fingerprint of the key: { $fingerprint }
setup-next = Now send “{ $request }” to { $ministry }, and tell them the fingerprint in another way, such as on the telephone. Back up the key and the register.

## issue

column-file = File
column-reason = Reason
column-certificate = Certificate id
issue-bad-kind = kinds have small letters, digits and hyphens, at most 32 characters
issue-waiting = Another run is not finished yet; waiting for it.
issue-looking = Looking over
issue-writing = Writing
issue-nothing = No PDF file was found.
    .hint = In folders, files are sealed whose names end in .pdf.
issue-out-inside = The folder “{ $out }” lies in “{ $path }” and would be read the next time.
    .hint = Name a folder beside it with “--out”.
issue-no-worker = The files cannot be looked over: { $reason }
    .hint = Check whether the program may start itself.
issue-refused = { $total ->
        [one] The file cannot be sealed.
       *[other] { $count } of { $total } files cannot be sealed; none was sealed.
    }
    .hint = Put them in order, or leave them out with “--skip-bad”.
issue-all-refused = { $total ->
        [one] The file cannot be sealed.
       *[other] None of the { $total } files can be sealed.
    }
    .hint = Put the files in order.
issue-skipped = Sealed already: “{ $file }” ({ $certificate })
issue-passed-over = Left out: “{ $file }”: { $reason }
issue-left-out = Left out: { $skipped } sealed already, { $refused } not in order.
issue-sealed = { $count ->
        [one] One certificate is sealed and lies in “{ $out }” (ledger entry { $index }, { $time }).
       *[other] { $count } certificates are sealed and lie in “{ $out }” (ledger entry { $index }, { $time }).
    }
issue-no-ledger = Nothing says where the ledger is.
    .hint = Enter it in the file “ledgers” of the trust folder, or as “ledger” in the settings.
issue-not-accredited = This school is not accredited yet. Nothing was sealed.
    .hint = Send “{ $request }” to { $ministry }. After the accreditation this will work without further ado.
issue-may-not = This school may not issue this at present: { $reason } ({ $code }) Nothing was sealed.
    .hint = Turn to { $ministry }.
issue-too-many = { $count } certificates are too many at once; at most 1,048,576 will do.
    .hint = Seal them in several runs.
issue-no-randomness = The operating system gives no random numbers. Nothing was sealed.
issue-no-space = There is not enough room: { $needed } MB are needed, { $free } MB are free. Nothing was sealed.
    .hint = Make room, or name a folder on another disk with “--out”.
issue-outcome-unknown = It is not known whether the ledger has taken the certificates in.
    .hint = “issuer resume” finds out, and finishes what was begun.
issue-unfinished = The certificates are on the ledger, but not all files are written.
    .hint = Remove the cause; “issuer resume” then finishes the work.
issue-not-provable = The ledger entry cannot be proven: { $text }
issue-self-check = Your own trust folder does not accept the certificates: { $reason }

## resume

resume-writing = Writing
resume-nothing = Nothing is open.
resume-finished = { $count ->
        [one] From an earlier run: one certificate is finished and lies in “{ $out }”.
       *[other] From an earlier run: { $count } certificates are finished and lie in “{ $out }”.
    }
resume-discarded = { $count ->
        [one] From an earlier run: one certificate did not get to the ledger and is dropped.
       *[other] From an earlier run: { $count } certificates did not get to the ledger and are dropped.
    }
resume-missing = { $count ->
        [one] One certificate is on the ledger, but its original is gone or was changed.
       *[other] { $count } certificates are on the ledger, but their originals are gone or were changed.
    }
    .hint = Put the originals back and run “issuer resume”; “issuer resume --without-missing” closes without them.
resume-missing-file = { $path }
resume-without = { $count ->
        [one] Closed without one certificate.
       *[other] Closed without { $count } certificates.
    }

## list, show, proof

list-nothing = Nothing was sealed yet.
list-no-batch = There is no sealing with the number { $number }.
    .hint = “issuer list” shows all.
list-number = No.
list-kind = Kind
list-count = Certificates
list-date = Date
list-state = State
list-folder = Folder
batch-state-staged = begun
batch-state-committed = on the ledger, files missing
batch-state-done = done
show-unknown = “{ $what }” is not in this school's register.
    .hint = Name a file or the beginning of a certificate id; “issuer list” shows what there is.
show-ambiguous = Several certificate ids begin with “{ $what }”.
    .hint = Give more characters.
show-certificate = Certificate id: { $id }
show-copy = Sealed: { $path }
show-original = Original: { $path }
show-digest = SHA-256 of the original: { $digest }
show-batch = Sealing { $number }, kind { $kind }: { $state }
show-ledger = Ledger entry { $index } of { $time }
proof-written = The proof is in “{ $path }”.

## Why a file is not sealed.

fault-unreadable = The file cannot be read.
fault-too-large = The file is larger than 64 MiB.
fault-not-a-pdf = The file is not a PDF.
fault-already-sealed = The file carries a seal already.
fault-bad-ending = The file does not end as a PDF should; perhaps it is not complete.
fault-damaged = The PDF is damaged: programs may show it differently.
fault-encrypted = The PDF is protected by a password.
fault-no-pages = The PDF has no page.
fault-javascript = The PDF contains JavaScript and can change its content.
fault-launch = The PDF starts programs.
fault-xfa = The PDF contains an XFA form and does not look the same everywhere.
fault-external-stream = The PDF takes content from other files.
fault-too-complex = The PDF is built so that looking at it takes too long or too much memory.
fault-output-exists = A file of this name lies in the folder for the sealed files already.
fault-original-missing = The original is gone or was changed.

## To whom a school turns.

ministry-01 = the ministry in charge of schools in Schleswig-Holstein
ministry-02 = the authority in charge of schools in Hamburg
ministry-03 = the ministry in charge of schools in Lower Saxony
ministry-04 = the authority in charge of schools in Bremen
ministry-05 = the ministry in charge of schools in North Rhine-Westphalia
ministry-06 = the ministry in charge of schools in Hesse
ministry-07 = the ministry in charge of schools in Rhineland-Palatinate
ministry-08 = the ministry in charge of schools in Baden-Württemberg
ministry-09 = the ministry in charge of schools in Bavaria
ministry-10 = the ministry in charge of schools in Saarland
ministry-11 = the authority in charge of schools in Berlin
ministry-12 = the ministry in charge of schools in Brandenburg
ministry-13 = the ministry in charge of schools in Mecklenburg-Western Pomerania
ministry-14 = the ministry in charge of schools in Saxony
ministry-15 = the ministry in charge of schools in Saxony-Anhalt
ministry-16 = the ministry in charge of schools in Thuringia

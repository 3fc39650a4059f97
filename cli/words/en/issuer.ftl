# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The issuer program.

help-issuer = Seals certificates and keeps the school's register.
    .example =
        issuer init
        issuer issue certificates/ --out sealed/ --kind abitur
        issuer list
    .config = The school's settings
    .passphrase-file = File with the passphrase of the key
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
    .no-passphrase = Do not encrypt the key file: whoever can read it can sign
    .token-module = PKCS#11 module of a token (a file of its maker): the key is made in the token
    .token = Name of the token
    .token-key = Name of the key in the token; else the name that it signs under
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
    .batch = Number of a batch: shows its certificates
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
help-issuer-revoke = Revokes certificates.

    Name files (original or sealed), file names that the school's register knows, or
    ids of certificates (at least 8 digits). If a document was sealed more than once,
    all its certificates are meant. This cannot be undone. If another certificate is to
    take the place, “issuer replace” is the right command.

    At a terminal it asks, in scripts only with “--search”. Exit code: 0 revoked, also
    if it was before; 1 refused; 2 not known (then “issuer resume”); 64 wrong usage.
    .example =
        issuer revoke certificate.pdf --reason issued-in-error
        issuer revoke 3f9a27c1 --reason document-lost
        issuer revoke --search meyer --reason qualification-withdrawn
    .what = Files, file names or ids of certificates
    .search = Search for certificates with this text in the name of their file
    .reason = Why
    .yes = Do not ask
    .json = Print one JSON object for each certificate
help-issuer-replace = Seals a new certificate and puts it in the place of an old one.

    The old one is a file, a file name or an id; the new one is a PDF file. Whoever
    checks the old one learns that it was replaced, and by what. After an interruption
    the same command finishes it, or “issuer resume”.

    With “--csv”, each line has an old one and a new one, divided by a comma or a
    semicolon.
    .example =
        issuer replace old.pdf new.pdf --out sealed/
        issuer replace --csv pairs.csv --out sealed/
    .old = The old certificate: file, file name or id
    .new = The new certificate, a PDF file
    .out = Folder for the sealed new certificate
    .csv = File with old and new certificates
    .yes = Do not ask
    .json = Print one JSON object for each pair
help-issuer-status = Shows what the ledger knows of this school, and warns of what is not its own.

    What stands on the ledger under the school's name and not in its register was said
    by somebody else with its key. If that was a colleague with a register of their
    own, “--accept” notes it.

    Exit code: 0 all in order; 1 there is a warning; 64 wrong usage.
    .example =
        issuer status
        issuer status --accept 17
    .accept = A colleague made this entry of the ledger; may be given more than once
    .json = Print one JSON object
help-issuer-rotate-key = Changes the school's key.

    The new one is made beside the old one, with the same passphrase or in the same
    token. What is sealed stays genuine. The old one is good for nothing afterwards.
    After a theft this does not help: call the ministry then.
    .example =
        issuer rotate-key
    .yes = Do not ask
help-issuer-endorse = Confirms with the new key what became void because the old one was stolen.

    Only what stands in the register: what the school itself sealed, revoked and
    replaced. The files that were handed out are good again as they are.
    .example =
        issuer endorse
    .yes = Do not ask
help-issuer-passphrase = Gives the school's key a new passphrase, or its token a new PIN.

    The old one comes from “--passphrase-file”, else from the file in
    $SCHULSIEGEL_PASSPHRASE_FILE, else from $SCHULSIEGEL_PASSPHRASE, else from
    “passphrase_file” in the settings; else it is asked for at the terminal. Backups of
    the key file keep the old one.
    .example =
        issuer passphrase
        issuer passphrase --passphrase-file old --new-passphrase-file new
    .new-passphrase-file = File with the new passphrase; else it is asked for
    .no-passphrase = Decrypt the key file: whoever can read it can sign

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
    .hint = Is there room on the disk, and may you write there? If the file itself is damaged, restore its last backup. Sealed certificates are not affected.
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
setup-next = Now send “{ $request }” to { $ministry }, and tell them the fingerprint in another way, such as on the telephone. { $place ->
        [token] Back up the register; the key stays in the token.
       *[file] Back up the key and the register.
    }

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
issue-ledger-missing = There is no ledger in “{ $folder }”.
    .hint = Check its place in the file “ledgers” of the trust folder, or as “ledger” in the settings, and whether the disk is connected.
issue-not-accredited = This school is not accredited yet. Nothing was sealed.
    .hint = Send “{ $request }” to { $ministry }. After the accreditation this will work without further ado.
issue-unpinned = An authority has accredited this school, but the trust folder does not accept that: “{ $authority }”, fingerprint of its key begins with { $fingerprint } (ledger entry { $index }): { $reason }. Nothing was changed.
    .hint = Have { $ministry } give you the present trust folder, and add it with “verifier trust add DIR --to { $trust }”; compare the fingerprints. If this authority is not in that one either, somebody without the right to has stated the accreditation.
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
list-no-batch = There is no batch with the number { $number }.
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
show-batch = Batch { $number }, kind { $kind }: { $state }
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

## The recovery sheet

sheet-title = Recovery sheet
sheet-document = Recovery sheet: { $school }
sheet-other-page = English: page 2
sheet-about = About the key with which the school seals its certificates. Print this sheet, fill it in and lock it away, not beside the computer. Neither the key nor the passphrase is on it: whoever finds the sheet can seal nothing with it.
sheet-school = School
sheet-number = School number
sheet-place = Place
sheet-state = Land
sheet-key-name = Name of the key
sheet-key-file = The key is in the file
sheet-key-token = The key is in the token
sheet-made = Date of this sheet
sheet-key = Public key
sheet-fingerprint = Fingerprint of the public key, to be read out on the telephone
sheet-by-hand = To be filled in by hand
sheet-by-hand-about = The passphrase (of a token: the PIN) belongs into a sealed envelope, the backup to another place. Write down here only where the two are.
sheet-by-hand-computer = Computer or token: where
sheet-by-hand-envelope = Envelope with the passphrase: where
sheet-by-hand-backup = Backup: where
sheet-by-hand-ministry = Ministry: who, telephone
sheet-by-hand-people = Who seals, who stands in
sheet-lost = A. The key is lost
sheet-lost-about = The file is deleted, computer or token is broken, or nobody knows the passphrase any more. What was sealed stays genuine; only new certificates cannot be sealed for now.
sheet-lost-1 = Are the backup and the passphrase still there? Then put the key file back in its place. Nothing else is to be done.
sheet-lost-2 = Otherwise make a new key with “issuer init” in a new folder, with the same answers and the same name of the key as above. Copy the school’s register “register.db” there from the old folder.
sheet-lost-3 = Send the new request “request.note” to the ministry, and read the new fingerprint out to them on the telephone. After the accreditation you can go on.
sheet-lost-4 = Replace this sheet by the new one that was made on the way.
sheet-stolen = B. The key is stolen, or the ledger has something that is not yours
sheet-stolen-about = Somebody has the file and the passphrase, or you are not sure. Do not wait.
sheet-stolen-1 = Call the ministry at once. Seal nothing until further notice.
sheet-stolen-2 = “issuer status” shows what is on the ledger under the school’s name. Tell the ministry the number of the first entry that is not yours, or that there is none. The ministry declares the key compromised from that entry on. What is before it stays valid.
sheet-stolen-3 = Make a new key as in A, steps 2 to 4.
sheet-stolen-4 = What you yourself sealed or revoked after that entry no longer counts. “issuer endorse” confirms it with the new key; the files that you handed out are then valid again.
sheet-yearly = C. Every year
sheet-yearly-about = Best done before the leaving certificates.
sheet-yearly-1 = Look with “issuer status” whether everything on the ledger is yours.
sheet-yearly-2 = Is what was written above by hand still right? Are envelope and backup there? Is the envelope still sealed?
sheet-yearly-3 = Do other people know the passphrase now? “issuer passphrase” gives the key a new one. Then renew envelope and backup, too: old backups keep the old passphrase.
sheet-failed = The recovery sheet cannot be written: { $reason }
sheet-bad-request = “{ $path }” is not the request of this school.
    .hint = Name, number and place of the school are read from it. Check “request” in the settings.
sheet-written = The recovery sheet is in “{ $path }”. Print it, fill it in and lock it away.
sheet-exists = “{ $path }” exists already, and nothing is overwritten.
    .hint = The sheet there may belong to another key. Move it, or name another folder, or another file with “issuer sheet --out”.
help-issuer-sheet = Writes the recovery sheet again: what to do when the key is lost or stolen.

    Two pages to print, German and English, with the public key. The key is opened so
    that the right one is on it; the key itself and the passphrase are not.
    .example =
        issuer sheet
        issuer sheet --out sheet.pdf
    .out = File for the sheet; else wiederherstellung.pdf beside the settings

## What was said against a certificate

column-standing = Status
standing-valid = valid
standing-revoked = revoked ({ $reason }), { $time }, ledger entry { $index }
standing-revoked-by-authority = revoked by the ministry ({ $reason }), { $time }, ledger entry { $index }
standing-replaced = replaced by { $successor }, { $time }, ledger entry { $index }
standing-void = revoked with a stolen key, not settled
show-standing = Status: { $standing }
view-missing = Whether certificates are revoked cannot be seen. { $reason }
nothing-done = Nothing was changed.

## Finding certificates

find-unknown = “{ $what }” is not in this school's register.
find-unknown-id = The certificate id { $what } is not in this school's register; to revoke it would have no effect if it belongs to another. If the certificate is this school's, name the sealed file, or ask the ministry.
find-ambiguous-id = Several certificate ids begin with “{ $what }”; name more digits.
find-ambiguous-name = { $count } certificates are called “{ $what }”; name the folder, too, or the certificate id (“issuer list”).
find-not-ours = “{ $what }” is not a certificate of this school: the file is not in the register and carries no valid proof of this school.
find-nothing = “{ $text }” is in the name of no file.

## revoke

revoke-saying = Revoking
revoke-question = { $count ->
        [one] Revoke this certificate ({ $reason })? This cannot be undone.
       *[other] Revoke these { $count } certificates ({ $reason })? This cannot be undone.
    }
revoke-refused = Nothing was revoked.
    .hint = Check what you have named; “issuer list” shows what there is.
revoke-done = { $count ->
        [one] One certificate is revoked.
       *[other] { $count } certificates are revoked.
    }
revoke-nothing-new = All of it was revoked before; nothing was changed.

## replace

replace-question = { $count ->
        [one] Replace this certificate by the new one? This cannot be undone.
       *[other] Replace these { $count } certificates by the new ones? This cannot be undone.
    }
replace-refused = Nothing was sealed and nothing was replaced.
    .hint = Put this in order and give the command again.
replace-nothing = No pair of certificates is named.
    .hint = Name the old and the new certificate, or a file with pairs with “--csv”.
replace-bad-line = “{ $path }”, line { $line }: wanted are an old and a new certificate, divided by a comma or a semicolon.
    .hint = Names with a comma or semicolon stand in quotation marks.
replace-same = “{ $old }”: the old and the new certificate are the same document.
replace-twice = “{ $old }” and “{ $new }”: one of them is named in another pair, too.
replace-withdrawn = “{ $old }” can no longer be replaced: { $standing }
replace-new-withdrawn = “{ $new }” cannot replace anything: { $standing }
replace-taken = “{ $path }” is there already; nothing is overwritten.
    .hint = Name another folder with “--out”.
replace-unfinished = New certificates are sealed, but not all old ones are replaced yet.
    .hint = Remove the cause; “issuer resume” then finishes the work.
replace-overtaken = “{ $old }” was revoked by somebody else meanwhile, and not replaced. The new certificate is sealed.
    .hint = “issuer show” says how both stand.
replace-done = “{ $old }” is replaced by “{ $new }”, certificate id { $successor } (ledger entry { $index }, { $time }).
replace-done-before = “{ $old }” was replaced before by “{ $new }”, certificate id { $successor } (ledger entry { $index }, { $time }).
replace-copy = Sealed: { $path }

## What an earlier run was to say

resume-revoked = { $count ->
        [one] From an earlier run: one certificate is revoked.
       *[other] From an earlier run: { $count } certificates are revoked.
    }
resume-replaced = { $count ->
        [one] From an earlier run: one certificate is replaced.
       *[other] From an earlier run: { $count } certificates are replaced.
    }
resume-endorsed = From an earlier run: one batch is endorsed.

## Why a school may say nothing

school-suspended = The ministry has suspended the school. Nothing was changed.
    .hint = Only { $ministry } can end the suspension. “issuer status” shows since when it lasts. What is sealed stays valid.
school-key-compromised = The school's key was declared to be in wrong hands. Nothing was changed.
    .hint = Make a new key with “issuer init” in a new folder, take the register along, and send the request to { $ministry }. Then “issuer endorse” confirms what is yours.
school-key-retired = The school has a newer key than this one: somebody has changed it. Nothing was changed.
    .hint = Get the new key from the colleague who changed it, and enter it in the settings; if it lies beside the old one already, “issuer rotate-key” takes it. If it was none of you, call { $ministry }.
school-too-many-rotations = The key was changed seven times since the accreditation; it cannot be changed more often. Nothing was changed.
    .hint = Ask { $ministry } for a new accreditation of the key that you have now: the request for it is “{ $request }”. After that it can be changed again.

## rotate-key

rotate-question = Change the school's key? The old one is not valid any more afterwards.
rotate-done = The key is changed. The new one: { $key }. { $place ->
        [token] It stays in the token; the old one in it is not needed any more.
       *[file] Back it up; the old one is not needed any more.
    } “issuer sheet” writes the recovery sheet anew. For the next extension of the accreditation, “{ $request }” is a new request with this key.
rotate-adopted = A change of the key is finished. The new one: { $key }. { $place ->
        [token] It stays in the token.
       *[file] Back it up.
    } For the next extension of the accreditation, “{ $request }” is a new request with this key.
rotate-taken-back = The change of the key did not take place: { $reason }. The old one stays.
    .hint = “issuer status” shows which key the ledger knows.
rotate-not-begun = A change of the key did not get to the ledger. The old one stays; “issuer rotate-key” changes it.
rotate-open = The change of the key has begun; the next command finishes it. Both keys are still there.
    .hint = Remove the cause, and give the command once more.

## endorse

endorse-nothing = There is nothing to endorse.
endorse-withdrawals = { $count ->
        [one] And one revocation or replacement.
       *[other] And { $count } revocations or replacements.
    }
endorse-question = Confirm all this with the new key?
endorse-done = { $count ->
        [one] Endorsed: one statement stands on the ledger again.
       *[other] Endorsed: { $count } statements stand on the ledger again.
    }

## status

issue-not-accredited-status = The school “{ $name }” is not accredited yet. Send “{ $request }” to { $ministry }.
status-unpinned = By its trust folder, the school “{ $name }” is not accredited. But the ledger has an accreditation by “{ $authority }” (ledger entry { $index }; fingerprint of the authority's key begins with { $fingerprint }; accredited key: { $key }) that does not count: { $reason }. Have { $ministry } give you the present trust folder, and add it with “verifier trust add DIR --to { $trust }”.
status-school = { $name }, { $place } (official number { $number }; on the ledger “{ $key-name }”)
status-standing = Status: { $standing }
school-standing-accredited = accredited
school-standing-suspended = suspended
school-standing-compromised = key declared to be in wrong hands
school-standing-not-yet = accreditation has not begun
school-standing-expired = accreditation is over
status-accredited = Accredited from { $from } until { $until } for: { $kinds } (ledger entry { $index })
status-key = Fingerprint of the key that the ledger knows: { $fingerprint }
status-rotations = { $count ->
        [one] The key was changed once (ledger entry { $index }).
       *[other] The key was changed { $count } times, last by ledger entry { $index }.
    }
status-suspended = Suspended since { $time } (ledger entry { $index }, reason: { $reason })
status-as-of = Ledger: { $size ->
        [one] one entry
       *[other] { $size } entries
    }, as of { $time }
status-entry = Entry
batch-standing-valid = valid
batch-standing-void = has become void
batch-standing-uncounted = not counted by the ledger
batch-standing-missing = missing on the ledger
batch-standing-open = begun
status-revoked = { $count ->
        [one] The school has revoked one certificate.
       *[other] The school has revoked { $count } certificates.
    }
status-revoked-by-authority = { $count ->
        [one] The ministry has revoked one certificate.
       *[other] The ministry has revoked { $count } certificates.
    }
status-replaced = { $count ->
        [one] One certificate is replaced.
       *[other] { $count } certificates are replaced.
    }
status-void = { $count ->
        [one] The revocation of one certificate is not settled.
       *[other] The revocation of { $count } certificates is not settled.
    }
status-unfinished = { $count ->
        [one] Something has begun and is not finished: “issuer resume” finishes it.
       *[other] { $count } things have begun and are not finished: “issuer resume” finishes them.
    }
status-in-order = All in order: nothing stands on the ledger under the school's name that is not its own.
status-alarms = { $count ->
        [one] ALARM:
       *[other] { $count } ALARMS:
    }
alarm-unknown-statement = Ledger entry { $index } of { $time } ({ $kind }) bears the school's name, and is not in its register.
    .hint = Was it a colleague with a register of their own? Then: issuer status --accept { $index }. Otherwise somebody has the school's key.
alarm-unknown-key = Ledger entry { $index } of { $time } accredits the school with a key that its register does not know.
    .hint = Did you apply for this key yourselves? Then: issuer status --accept { $index }. Otherwise call the ministry.
alarm-missing-batch = Batch { $number } is missing on the ledger.
    .hint = Was another or an older ledger put in place? Ask whoever runs the ledger; seal nothing until then.
alarm-missing-statement = A statement of the school ({ $kind }) is missing on the ledger.
    .hint = Was another or an older ledger put in place? Ask whoever runs the ledger; seal nothing until then.
alarm-uncounted-batch = Batch { $number } is on the ledger (entry { $index }), but does not count there: { $reason } (code: { $code }). Its certificates are not valid.
    .hint = Nothing is missing: the trust folder does not accept the accreditation under which it was sealed. If it is out of date, have { $ministry } give you the present one. If it is not, you need a new accreditation; then seal these certificates again (“issuer issue --again”).
alarm-uncounted-statement = A statement of the school ({ $kind }) is on the ledger (entry { $index }), but does not count there: { $reason } (code: { $code }).
    .hint = Nothing is missing: the trust folder does not accept the accreditation under which it was made. If it is out of date, have { $ministry } give you the present one. If it is not, you need a new accreditation; then make the statement again.
alarm-revocation-void = { $count ->
        [one] One certificate was revoked by somebody with a stolen key. Nobody can decide whether it is valid.
       *[other] { $count } certificates were revoked by somebody with a stolen key. Nobody can decide whether they are valid.
    }
    .hint = “issuer list NUMBER” shows which. If that was wrong, seal the document again (“issuer issue --again”) and hand the new file out. If it was right, revoke the certificate yourself (“issuer revoke”).
alarm-void = The school's own statements have become void, because its key was declared to be in wrong hands.
    .hint = “issuer endorse” confirms them with the new key.
alarm-suspended = The school is suspended and can say nothing for now.
    .hint = Ask your ministry.
alarm-compromised = The school's key was declared to be in wrong hands, and it has no new one yet.
    .hint = Make a new one with “issuer init” in a new folder, and apply for its accreditation.
status-tell-ministry = If any of this was made by none of your colleagues, call { $ministry } at once and name the first strange entry. The key is made void from there on: anchor compromise --from-index { $index }
status-accepted = Ledger entry { $index } is noted as a colleague's.
status-not-an-alarm = There is no alarm about ledger entry { $index }.
    .hint = “issuer status” shows the alarms.
statement-kind-accredit = accreditation
statement-kind-batch = batch
statement-kind-revoke = revocation
statement-kind-replace = replacement
statement-kind-rotate = change of the key

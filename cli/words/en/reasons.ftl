# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### What a verifier says: verdicts, reasons, and what to do. The page in the browser shows the same texts.

## Verdicts.

verdict-genuine = genuine
verdict-revoked = revoked
    .hint = Do not accept it; in doubt, ask the school.
verdict-replaced = replaced
    .hint = Ask for the new certificate and check that.
verdict-not-genuine = NOT genuine
verdict-no-seal = no seal
verdict-undetermined = cannot be decided

## Reasons. Each has advice.

reason-altered = The seal does not belong to this content: the file was altered.
    .hint = Ask for the original file; in doubt ask the school.
reason-bytes-after-seal = Something was added after sealing.
    .hint = “verifier check --recover DIR” writes the sealed part out. Only that part counts.
reason-malformed-proof = The proof in the seal cannot be read.
    .hint = Ask for the original file; in doubt ask the school.
reason-not-in-batch = This document was never issued like this: the proof belongs to another one.
    .hint = Ask for the original file; in doubt ask the school.
reason-bad-signature = A signature in the proof does not hold.
    .hint = Ask the school that is named.
reason-not-accredited = No ministry in charge has allowed this school to issue like this.
    .hint = Ask the ministry of the Land.
reason-out-of-scope = The school was not allowed to issue this kind of certificate at that time.
    .hint = Ask the ministry of the Land.
reason-batch-void = The key with which it was issued was in wrong hands, and the school has not vouched for it since.
    .hint = Ask the school: it can confirm what it issued honestly without handing it out again.
reason-issuer-suspended = The school was suspended when it issued this.
    .hint = Ask the ministry of the Land.
reason-wrong-ledger = The proof was made for another ledger.
    .hint = Ask for the original file; in doubt ask the school.
reason-time-ahead = A statement in the proof is dated ahead of its time.
    .hint = Ask the school that is named.
reason-bad-inclusion = The proof does not lead to the ledger.
    .hint = Ask for the original file; in doubt ask the school.
reason-bad-checkpoint = The ledger’s signature in the proof does not hold.
    .hint = Ask for the original file; in doubt ask the school.
reason-not-on-ledger = The ledger does not hold this batch.
    .hint = Ask the school and the ministry of the Land.
reason-no-locator = The file carries no seal.
    .hint = It may be genuine all the same: ask for the sealed file, or ask the school.
reason-resaved-copy = The file was saved again after sealing, which lost the seal.
    .hint = Ask for the original file.
reason-register-not-consulted = The certificate was issued like this. Whether it was revoked later was not checked.
    .hint = Check without “--no-ledger” as soon as the ledger can be reached.
reason-state-too-old = The ledger’s state is older than is allowed here.
    .hint = For “--offline”, “verifier sync” fetches the newest state. An embedded ledger is renewed by whoever keeps it, with “anchor refresh”.
reason-state-behind = The ledger here does not reach this batch yet.
    .hint = Check again later.
reason-state-without-time = Nobody vouches for the time of the ledger’s state.
    .hint = The file “policy” of the trust folder must require at least one witness.
reason-quorum-not-met = Too few witnesses have confirmed the ledger’s state.
    .hint = Check again later; otherwise ask whoever keeps the ledger.
reason-unknown-ledger = The ledger of this certificate is not trusted here.
    .hint = “verifier trust add” takes up the trust folder of the Land, if you trust it.
reason-unknown-authority = The authority that accredited this school is not trusted here.
    .hint = “verifier trust add” takes up the authority of the Land, if you trust it.
reason-revocation-void = It was revoked with a key that was in wrong hands; whether that was right, nobody has said yet.
    .hint = Ask the school or the ministry of the Land.
reason-ledger-unreachable = The ledger could not be read. This says nothing against the certificate.
    .hint = Check again later.
reason-ledger-forked = The ledger shows different histories. This says nothing against the certificate, but the ledger cannot be trusted.
    .hint = Report this to the ministry of the Land.
reason-ledger-rolled-back = The ledger shows less than before. This says nothing against the certificate, but the ledger cannot be trusted.
    .hint = Report this to whoever keeps the ledger: an old backup may have been restored.
reason-ledger-damaged = The ledger’s entries do not fit its signature.
    .hint = Whoever keeps the ledger looks it over with “anchor fsck”.
reason-verifier-too-old = This certificate needs a newer verifier.
    .hint = Install the latest version.
reason-unreadable = The file cannot be read.
    .hint = Look at the permissions, and whether the file has arrived whole.
reason-too-large = The file is larger than is read.
    .hint = Certificates are much smaller: ask for the original file.

## Kinds of certificates; any other is shown as it is called.

kind-abitur = Abitur
kind-realschule = Realschule leaving certificate
kind-halbjahr = half-year report
kind-abschluss = leaving certificate
kind-abgang = departure certificate
kind-jahr = annual report
kind-fachhochschulreife = Fachhochschulreife
kind-berufsabschluss = vocational certificate

## How a school stands today.

issuer-status-accredited = accredited
issuer-status-suspended = suspended
issuer-status-compromised = key in other hands
issuer-status-not-yet = not accredited yet
issuer-status-expired = accreditation expired

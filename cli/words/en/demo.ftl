# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The demo program.

help-demo = Shows Schulsiegel with a ministry, a school and invented certificates, genuine and false ones.

    The folder is made anew; what an earlier demo made there is replaced. Nothing else
    is ever deleted.
    .example =
        demo
        demo --dir demonstration --no-serve
    .dir = Folder of the demo
    .no-serve = Only set up; check and show nothing
    .plain = Only the school with its twelve certificates, nothing revoked, no false school; for measurements
    .no-passphrase = Do not protect the keys with passphrases; for measurements

demo-not-empty = “{ $folder }” is not empty and was not made by a demo.
    .hint = Name another folder with “--dir”.
demo-failed = The demo in “{ $folder }” did not work: { $text }
    .hint = Is there enough room on the disk, and may you write there?
demo-ledger = 1. A ministry ({ $land }) has a key, and there is a ledger.
demo-school = 2. The school “{ $school }” in { $place } has a key and is accredited.
demo-certificates = 3. { $count } invented certificates lie in “{ $folder }”.
demo-sealed = 4. They are sealed and lie in “{ $folder }”.
demo-altered = 5. Altered copies of them lie in “{ $folder }”.
demo-revoked = 6. Further certificates were sealed and later revoked. They lie in “{ $folder }”.
demo-replaced =
    7. Certificates with a misprint were replaced. The old ones lie in “{ $folder }”,
       the new ones in “{ $successors }”.
demo-forged =
    8. A forger has set up a ministry and a school of their own, and even slipped two entries into the
       true ledger. Their certificates lie in “{ $folder }”.
demo-check = Checking “{ $folder }”:
demo-next =
    To go on:
      target/release/verifier check { $folder }/sealed --trust { $folder }/trust
      target/release/issuer --config { $folder }/issuer.toml list
      target/release/issuer --config { $folder }/issuer.toml status
      target/release/issuer --config { $folder }/issuer.toml issue YOURS.pdf --out sealed --kind abitur
      target/release/issuer --config { $folder }/issuer.toml revoke { $folder }/sealed/FILE.pdf --reason issued-in-error
      target/release/issuer --config { $folder }/issuer.toml replace { $folder }/sealed/FILE.pdf NEW.pdf --out new
      target/release/anchor log --ledger { $folder }/ledger

# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The demo program.

help-demo = Shows Schulsiegel with a ministry, a school and twelve invented certificates.

    The folder is made anew; what an earlier demo made there is replaced. Nothing else
    is ever deleted.
    .example =
        demo
        demo --dir demonstration --no-serve
    .dir = Folder of the demo
    .no-serve = Only set up; check and show nothing
    .no-passphrase = Do not protect the keys with passphrases; for measurements

demo-not-empty = “{ $folder }” is not empty and was not made by a demo.
    .hint = Name another folder with “--dir”.
demo-failed = The demo in “{ $folder }” did not work: { $text }
    .hint = Is there enough room on the disk, and may you write there?
demo-ledger = 1. A ministry ({ $land }) has a key, and there is a ledger.
demo-school = 2. The school “{ $school }” in { $place } has a key and is accredited.
demo-certificates = 3. { $count } invented certificates lie in “{ $folder }”.
demo-sealed = 4. They are sealed and lie in “{ $folder }”.
demo-altered = 5. Forged copies lie in “{ $folder }”.
demo-check = Checking “{ $folder }”:
demo-next =
    To go on:
      target/release/verifier check { $folder }/sealed --trust { $folder }/trust
      target/release/issuer --config { $folder }/issuer.toml list
      target/release/issuer --config { $folder }/issuer.toml issue YOURS.pdf --out sealed --kind abitur
      target/release/anchor log --ledger { $folder }/ledger

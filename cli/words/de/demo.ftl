# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Das Programm „demo“.

help-demo = Zeigt Schulsiegel mit einem Ministerium, einer Schule und erfundenen Zeugnissen, echten und falschen.

    Der Ordner wird neu angelegt; was eine frühere Vorführung darin angelegt hat, wird
    ersetzt. Etwas anderes wird nie gelöscht.
    .example =
        demo
        demo --dir vorführung --no-serve
    .dir = Ordner der Vorführung
    .no-serve = Nur einrichten, nichts prüfen und zeigen
    .plain = Nur die Schule mit ihren zwölf Zeugnissen, nichts zurückgezogen, keine falsche Schule; für Messungen
    .no-passphrase = Die Schlüssel nicht mit Passphrasen schützen; für Messungen

demo-not-empty = „{ $folder }“ ist nicht leer und stammt nicht von einer Vorführung.
    .hint = Nennen Sie mit „--dir“ einen anderen Ordner.
demo-failed = Die Vorführung in „{ $folder }“ ging nicht: { $text }
    .hint = Ist genug Platz auf der Platte, und darf dort geschrieben werden?
demo-ledger = 1. Ein Ministerium ({ $land }) hat einen Schlüssel, und es gibt ein Register.
demo-school = 2. Die Schule „{ $school }“ in { $place } hat einen Schlüssel und ist zugelassen.
demo-certificates = 3. { $count } erfundene Zeugnisse liegen in „{ $folder }“.
demo-sealed = 4. Sie sind versiegelt und liegen in „{ $folder }“.
demo-altered = 5. Veränderte Kopien davon liegen in „{ $folder }“.
demo-revoked = 6. Weitere Zeugnisse wurden versiegelt und später zurückgezogen. Sie liegen in „{ $folder }“.
demo-replaced =
    7. Zeugnisse mit einem Schreibfehler wurden ersetzt. Die alten liegen in „{ $folder }“,
       die neuen in „{ $successors }“.
demo-forged =
    8. Ein Fälscher hat ein eigenes Ministerium mit einer eigenen Schule eingerichtet und sogar zwei Einträge
       in das echte Register geschmuggelt. Seine Zeugnisse liegen in „{ $folder }“.
demo-check = Prüfung von „{ $folder }“:
demo-next =
    Zum Weitermachen:
      target/release/verifier check { $folder }/sealed --trust { $folder }/trust
      target/release/issuer --config { $folder }/issuer.toml list
      target/release/issuer --config { $folder }/issuer.toml status
      target/release/issuer --config { $folder }/issuer.toml issue EIGENE.pdf --out versiegelt --kind abitur
      target/release/issuer --config { $folder }/issuer.toml revoke { $folder }/sealed/DATEI.pdf --reason issued-in-error
      target/release/issuer --config { $folder }/issuer.toml replace { $folder }/sealed/DATEI.pdf NEUE.pdf --out neu
      target/release/anchor log --ledger { $folder }/ledger

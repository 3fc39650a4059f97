# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### What every program says of ledgers, keys and trust folders. German calls a ledger „Register“, a statement
### „Erklärung“, an accreditation „Zulassung“ and a checkpoint „Stand“.

## A ledger that cannot be made or opened.

ledger-not-found = In „{ $folder }“ liegt kein Register.
    .hint = Geben Sie mit „--ledger“ den Ordner an, in dem „ledger.db“ liegt.
ledger-no-tables = In der Datenbank „{ $place }“ liegt kein Register.
    .hint = Prüfen Sie Name und Rechner der Datenbank. Ein neues Register legt „anchor init --ledger { $place } --dir ORDNER“ an.
ledger-has-tables = In der Datenbank „{ $place }“ liegt schon ein Register.
    .hint = Nehmen Sie für ein neues Register eine eigene, leere Datenbank.
ledger-no-keys = Für das Register in „{ $place }“ ist kein Ordner mit Schlüsseln genannt.
    .hint = Nennen Sie den Ordner, den „anchor init“ angelegt hat: mit „--keys ORDNER“, in der Einstellung „keys“ oder in SCHULSIEGEL_KEYS. Wer nur Einträge einreicht, nennt besser die Adresse des Dienstes (https://…).
ledger-other-keys = Die Schlüssel in „{ $folder }“ gehören nicht zum Register in „{ $place }“.
    .hint = Nennen Sie den Ordner, der mit diesem Register angelegt wurde.
ledger-not-durable = Die Datenbank wartet nicht auf die Festplatte („fsync“ ist ausgeschaltet). Nach einem Absturz könnten Einträge fehlen, die schon veröffentlicht sind.
    .hint = Schalten Sie in der Konfiguration von PostgreSQL „fsync“ ein.
ledger-not-empty = „{ $folder }“ ist nicht leer. Ein neues Register braucht einen neuen oder leeren Ordner.
    .hint = Nennen Sie einen Ordner, den es noch nicht gibt.
ledger-on-network = „{ $folder }“ liegt auf einem Netzlaufwerk ({ $kind }). Ein Register kann dort ohne Vorwarnung Schaden nehmen.
    .hint = Legen Sie das Register auf eine Festplatte dieses Rechners.
ledger-io = „{ $path }“ aus dem Ordner des Registers lässt sich nicht lesen oder schreiben: { $reason }
    .hint = Prüfen Sie, ob der Ordner vollständig ist und Ihr Benutzerkonto darauf zugreifen darf.
ledger-bad-authorities = In der Datei „authorities“ des Registers ist Zeile { $line } falsch: { $reason }
    .hint = Eine Zeile lautet: Land, Schlüssel, Register, erster Platz, an dem er gilt, erster Platz, an dem er nicht mehr gilt, oder „-“.

## A ledger that cannot be read or believed.

ledger-unavailable = Das Register lässt sich nicht lesen ({ $text }).
    .hint = Prüfen Sie, ob Datenträger, Datenbank oder Dienst des Registers erreichbar sind, und versuchen Sie es noch einmal.
ledger-too-short = Das Register hat nur { $size ->
        [one] einen Eintrag
       *[other] { $size } Einträge
    }; gefragt war nach mehr.
    .hint = „anchor fsck“ zeigt, ob dem Register etwas fehlt.
ledger-damaged = Das Register ist beschädigt ({ $text }).
    .hint = Schreiben Sie nichts mehr hinein. „anchor fsck“ zeigt den Schaden; stellen Sie die neueste unversehrte Sicherung wieder her.
replay-progress = Lese das Register
ledger-rolled-back = Dem Register fehlen Einträge: Es hat { $got }, veröffentlicht waren { $wanted }.
    .hint = Meist wurde eine ältere Sicherung eingespielt. Holen Sie den neuesten Stand zurück; auch eine Kopie, die „verifier sync“ gemacht hat, hat alle Einträge. Wer an den älteren anfügt, macht aus dem Register zwei, und niemand glaubt ihm mehr. Löschen Sie nicht die Datei „checkpoint“: An ihr erkennen alle, was veröffentlicht war.
ledger-forked = Das Register hat andere Einträge, als es veröffentlicht hat (unter den ersten { $size }).
    .hint = Schreiben Sie nichts mehr hinein und bewahren Sie beide Stände auf. Holen Sie die „ledger.db“ zurück, die zur Datei „checkpoint“ gehört.
ledger-other-root = Die Einträge des Registers passen nicht zu seinem unterschriebenen Stand.
    .hint = Bewahren Sie den Ordner des Registers auf, wie er ist, und melden Sie den Fall dem Betreiber des Registers.
ledger-root-wanted = veröffentlicht: { $root }
ledger-root-got = vorgefunden: { $root }
ledger-is-another = Dort liegt das Register „{ $got }“, erwartet wurde „{ $wanted }“.
    .hint = Prüfen Sie den Ort des Registers in der Datei „ledgers“ des Vertrauensordners.
ledger-not-trusted = Dem Register „{ $origin }“ wird hier nicht vertraut: Der Vertrauensordner kennt seinen Schlüssel nicht.
    .hint = Lassen Sie sich vom Betreiber des Registers den aktuellen Vertrauensordner geben.

## A statement that was not appended. The parts of append-rejected are the refusals below.

append-rejected = Das Register nimmt die Erklärung nicht an: { $reason } (Code: { $code }).
    .hint = { $advice }
append-conflict = Das Register ist inzwischen gewachsen; es wurde nichts angehängt.
    .hint = Versuchen Sie es noch einmal.
append-unavailable = Es wurde nichts angehängt ({ $text }).
    .hint = Beheben Sie die Ursache und versuchen Sie es noch einmal; doppelt angehängt wird nichts.
append-clock-behind = Es wurde nichts angehängt: Die Uhr dieses Rechners zeigt { $now }, der letzte Eintrag ist vom { $last }.
    .hint = Stellen Sie die Uhr dieses Rechners und versuchen Sie es noch einmal.
append-outcome-unknown = Es ist nicht bekannt, ob die Erklärung im Register steht ({ $text }).
    .hint = Wiederholen Sie denselben Befehl: Was schon im Register steht, wird nicht noch einmal angehängt.

## Why a statement does not count (refusal-CODE), and what to do (refusal-advice-CODE).

refusal-malformed = sie hat nicht die vorgeschriebene Form
refusal-advice-malformed = Prüfen Sie, ob die Datei unverändert und vollständig ist, und lassen Sie sie sonst neu erstellen.
refusal-unknown-type = diese Art von Erklärung kennt diese Version nicht
refusal-advice-unknown-type = Verwenden Sie eine neuere Version von Schulsiegel.
refusal-wrong-ledger = sie ist für ein anderes Register bestimmt
refusal-advice-wrong-ledger = Reichen Sie sie bei dem Register ein, das in der Datei in der Zeile „ledger“ steht.
refusal-time-ahead = ihre Zeitangabe liegt mehr als zehn Minuten in der Zukunft
refusal-advice-time-ahead = Prüfen Sie die Uhren beider Rechner: dessen, der unterschrieben hat, und dessen mit dem Register.
refusal-duplicate = sie steht schon im Register
refusal-advice-duplicate = Es ist nichts zu tun; „anchor log“ zeigt den Eintrag.
refusal-unknown-issuer = niemand mit diesem Namen darf hier Erklärungen abgeben
refusal-advice-unknown-issuer = Eine Schule braucht zuerst eine Zulassung ihres Ministeriums; ein Ministerium muss in der Datei „authorities“ des Registers stehen.
refusal-bad-signature = sie ist nicht mit dem Schlüssel ihres Absenders unterschrieben
refusal-advice-bad-signature = Prüfen Sie, ob die Datei unverändert ist und ob der Absender seinen aktuellen Schlüssel verwendet hat.
refusal-outside-window = der Schlüssel des Ministeriums gilt an dieser Stelle des Registers nicht
refusal-advice-outside-window = Das Ministerium muss mit seinem aktuellen Schlüssel unterschreiben.
refusal-wrong-land = sie betrifft { $got }, das Ministerium ist aber für { $wanted } zuständig
refusal-advice-wrong-land = Zuständig ist das Ministerium des Landes, in dem die Schule liegt.
refusal-wrong-seq = sie hat die Nummer { $got }, an der Reihe ist die Nummer { $wanted }
refusal-advice-wrong-seq = Reichen Sie die Erklärungen dieses Absenders lückenlos und in ihrer Reihenfolge ein.
refusal-wrong-prev = sie schließt nicht an die vorige Erklärung ihres Absenders an
refusal-advice-wrong-prev = Vermutlich gibt es zwei verschiedene Erklärungen mit derselben Nummer. „anchor log“ zeigt, welche angenommen ist.
refusal-key-of-another-name = der Schlüssel trägt einen anderen Namen als die Schule
refusal-advice-key-of-another-name = Die Schule muss ihren Antrag neu erstellen.
refusal-key-used-before = der Schlüssel wurde schon einmal verwendet
refusal-advice-key-used-before = Die Schule muss einen neuen Schlüssel erzeugen und einen neuen Antrag stellen.
refusal-empty-period = die Zulassung endet, bevor sie beginnt
refusal-advice-empty-period = Lassen Sie die Zulassung mit richtigem Beginn und Ende neu ausstellen.
refusal-kind-out-of-scope = die Schule ist für diese Art von Zeugnis nicht zugelassen
refusal-advice-kind-out-of-scope = Prüfen Sie die Art des Zeugnisses, oder bitten Sie das Ministerium um eine weitere Zulassung.
refusal-before-period = die Zulassung der Schule gilt noch nicht
refusal-advice-before-period = Warten Sie bis zum Beginn der Zulassung.
refusal-after-period = die Zulassung der Schule ist abgelaufen
refusal-advice-after-period = Bitten Sie das Ministerium um eine neue Zulassung.
refusal-key-retired = die Schule hat inzwischen einen neuen Schlüssel
refusal-advice-key-retired = Verwenden Sie den neuen Schlüssel. Seit wann es ihn gibt, zeigt „issuer status“.
refusal-key-compromised = dieser Schlüssel ist als gestohlen oder missbraucht gemeldet
refusal-advice-key-compromised = Die Schule braucht einen neuen Schlüssel und damit eine neue Zulassung ihres Ministeriums.
refusal-suspended = die Schule ist zurzeit gesperrt
refusal-advice-suspended = Nur ihr Ministerium kann die Sperre aufheben.
refusal-too-many-rotations = der Schlüssel wurde seit der letzten Zulassung zu oft gewechselt
refusal-advice-too-many-rotations = Bitten Sie das Ministerium um eine neue Zulassung für den Schlüssel, den Sie jetzt haben.
refusal-unknown-school = in diesem Land ist keine Schule mit diesem Namen zugelassen
refusal-advice-unknown-school = „anchor schools“ zeigt, wie die zugelassenen Schulen heißen.
refusal-unknown-key = keine Schule dieses Landes hat oder hatte diesen Schlüssel
refusal-advice-unknown-key = „anchor schools“ zeigt die Schlüssel der zugelassenen Schulen.
refusal-from-index-ahead = sie gilt ab Eintrag { $got }, steht aber selbst schon an Stelle { $wanted }
refusal-advice-from-index-ahead = Nennen Sie einen Eintrag, den es schon gibt; „anchor log“ zeigt sie.

## Trust folders.

trust-io = „{ $path }“ aus dem Vertrauensordner lässt sich nicht lesen oder schreiben: { $reason }
    .hint = Ein Vertrauensordner enthält die Dateien „policy“, „authorities“, „max_age“ und „ledgers“; der Betreiber des Registers gibt ihn aus.
trust-bad-line = In „{ $path }“ ist Zeile { $line } falsch: { $reason }
    .hint = Lassen Sie sich den Vertrauensordner vom Betreiber des Registers neu geben.
trust-bad-max-age = „{ $path }“ enthält keine Zeitspanne.
    .hint = Möglich sind Minuten, Stunden und Tage, zum Beispiel „90m“, „36h“ oder „7d“.
trust-bad-ledgers = das ist kein Register mit einem Ort, den diese Version lesen kann

## Lines of the files „authorities“ and „policy“.

fault-not-text = die Datei ist zu groß oder kein Text
fault-word-count = es müssen fünf Wörter sein
fault-bad-land = das Land ist keine Zahl von 01 bis 16
fault-bad-key = das ist kein Schlüssel, der hier stehen darf
fault-bad-origin = das ist kein Name eines Registers
fault-bad-window = die beiden Plätze, zwischen denen der Schlüssel gilt, stimmen nicht
fault-duplicate-key = dieser Schlüssel steht hier zweimal
fault-unknown-line = diese Art von Zeile gibt es nicht
fault-unknown-algorithm = diese Art von Schlüssel kennt diese Version nicht
fault-duplicate-name = dieser Name ist schon vergeben
fault-unknown-name = dieser Name wird vorher nirgends erklärt
fault-member-twice = ein Mitglied darf nur in einer Gruppe stehen
fault-bad-threshold = die verlangte Zahl von Mitgliedern ist nicht möglich
fault-quorum-count = es muss genau eine Zeile „quorum“ geben
fault-other = { $text }

## Pinned keys and ages.

window-all = für alle Einträge
window-from = ab Eintrag { $first }
window-closed = nur ab Eintrag { $first } und vor Eintrag { $end }; danach nicht mehr
age-minutes = { $count ->
        [one] eine Minute
       *[other] { $count } Minuten
    }
age-hours = { $count ->
        [one] eine Stunde
       *[other] { $count } Stunden
    }
age-days = { $count ->
        [one] einen Tag
       *[other] { $count } Tage
    }

## Private keys.

key-io = Die Schlüsseldatei „{ $path }“ lässt sich nicht lesen oder schreiben: { $reason }
    .hint = Prüfen Sie den Ort der Datei und ob Ihr Benutzerkonto darauf zugreifen darf. Ein vorhandener Schlüssel wird nie überschrieben.
key-not-private = Die Schlüsseldatei „{ $path }“ können auch andere Benutzer dieses Rechners lesen.
    .hint = Nehmen Sie ihnen das Recht (chmod 600 „{ $path }“) und überlegen Sie, ob der Schlüssel schon in fremden Händen ist.
key-not-a-key = „{ $path }“ ist kein Schlüssel, den Schulsiegel verwenden kann.
    .hint = Verlangt wird ein Ed25519-Schlüssel (PKCS#8, PEM). Holen Sie die Datei aus der Sicherung zurück.
key-no-randomness = Dieser Rechner liefert keine Zufallszahlen ({ $text }); ohne sie entsteht kein sicherer Schlüssel.
    .hint = Versuchen Sie es nach einem Neustart oder an einem anderen Rechner.

## The Länder by their official keys.

land-01 = Schleswig-Holstein
land-02 = Hamburg
land-03 = Niedersachsen
land-04 = Bremen
land-05 = Nordrhein-Westfalen
land-06 = Hessen
land-07 = Rheinland-Pfalz
land-08 = Baden-Württemberg
land-09 = Bayern
land-10 = Saarland
land-11 = Berlin
land-12 = Brandenburg
land-13 = Mecklenburg-Vorpommern
land-14 = Sachsen
land-15 = Sachsen-Anhalt
land-16 = Thüringen

## A ministry's folder.

ministry-io = „{ $path }“ aus dem Ordner des Ministeriums lässt sich nicht lesen oder schreiben: { $reason }
    .hint = Geben Sie mit „--authority“ den Ordner an, in dem „authority.toml“ liegt, und prüfen Sie, ob Ihr Benutzerkonto darauf zugreifen darf.
ministry-bad-config = „{ $path }“ ist fehlerhaft ({ $text }).
    .hint = Die Datei nennt „name“, „state“ und „ledger“. Holen Sie sie aus der Sicherung zurück.
ministry-broken-chain = „{ $path }“ fehlt oder ist nicht die Erklärung, die dort liegen muss.
    .hint = Jede Erklärung setzt die vorige fort. Holen Sie den Ordner „statements“ vollständig aus der neuesten Sicherung zurück.
ministry-bad-statement = Daraus lässt sich keine gültige Erklärung machen ({ $text }).
    .hint = Prüfen Sie die Angaben, vor allem die Zahl der Zeugnisarten.
ministry-other-land = Der Antrag kommt aus { $got }, das Ministerium ist aber für { $wanted } zuständig.
    .hint = Zulassen kann nur das Ministerium des Landes, in dem die Schule liegt.

## Warum ein Zeugnis zurückgezogen wurde (withdrawal-reason-CODE).

withdrawal-reason-error = irrtümlich ausgestellt
withdrawal-reason-withdrawn = Abschluss aberkannt
withdrawal-reason-lost = Dokument verloren
withdrawal-reason-other = anderer Grund
desk-no-pins = Wem bei „{ $place }“ zu glauben ist, ist nicht gesagt.
    .hint = Nennen Sie mit „--trust ORDNER“ einen Vertrauensordner: Bei einer Adresse liegen keine Dateien, in denen es steht.

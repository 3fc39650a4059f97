# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Das Programm „verifier“.

help-verifier = Prüft, ob Zeugnisse echt sind, wer sie ausgestellt hat und ob sie zurückgezogen wurden.
    .example =
        verifier check Bewerbungen/
        verifier check --json zeugnis.pdf
        verifier sync
        verifier trust add vertrauen/
help-verifier-check = Prüft Dateien und alle PDF-Dateien in Ordnern.

    Was echt ist, wird gegen den Vertrauensordner geprüft: gegen Schlüssel von
    Behörden und Registern, nie gegen etwas, das in der Datei steht. Liegt neben einer
    Datei ihr Nachweis (NAME.pdf.proof), so wird er verwendet.

    Rückgabewert: 0 alle echt; 1 etwas ist nicht echt, zurückgezogen, ersetzt oder
    ohne Siegel; 2 etwas ist nicht entscheidbar; 64 falscher Aufruf.
    .example =
        verifier check Bewerbungen/
        verifier check zeugnis.pdf --trust vertrauen/
        verifier check Bewerbungen/ --csv ergebnis.csv
        verifier check angefügt.pdf --recover Ordner/
        verifier check Bewerbungen/ --offline
    .path = Dateien und Ordner; „-“ ist die Standardeingabe
    .trust = Vertrauensordner; sonst $SCHULSIEGEL_TRUST, sonst der eigene
    .json = Ein JSON-Objekt je Datei ausgeben
    .csv = Ergebnis auch als Tabelle für Excel oder LibreOffice schreiben
    .no-ledger = Das Register nicht fragen: zeigt nur, dass ausgestellt wurde
    .offline = Statt der Register ihre Kopien lesen, die „verifier sync“ anlegt
    .replay = Das ganze Register neu auswerten und nichts verwenden, was von früher gemerkt ist
    .copy = Ordner der Kopien; sonst der eigene
    .recover = Den versiegelten Teil von Dateien, an die etwas angefügt wurde, hierhin schreiben
help-verifier-sync = Legt geprüfte Kopien der Register auf diesem Rechner an und hält sie aktuell.

    „verifier check --offline“ prüft damit ohne Register. Übernommen wird nur, was
    unterschrieben ist und das schon Bekannte fortsetzt. Zeigt ein Register andere oder
    weniger Einträge als früher, so ist das ein Alarm: Die Kopie bleibt, wie sie war,
    beide Stände werden aufbewahrt, und mit diesem Register geht es erst weiter, wenn
    jemand den Alarm mit --acknowledge zur Kenntnis genommen hat. Das erlaubt nur einen
    neuen Versuch: Geprüft wird er wie jeder andere.

    Rückgabewert: 0 alle Kopien sind aktuell; 2 mindestens eine nicht; 64 falscher Aufruf.
    .example =
        verifier sync
        verifier sync --trust vertrauen/ --json
        verifier sync --from auszug.snapshot
        verifier sync --acknowledge siegel.example
    .trust = Vertrauensordner; sonst $SCHULSIEGEL_TRUST, sonst der eigene
    .copy = Ordner der Kopien; sonst der eigene
    .from = Statt der Register einen Auszug lesen, den „verifier snapshot“ geschrieben hat
    .anew = Eine beschädigte Kopie beiseitelegen und neu anlegen
    .acknowledge = Den Alarm zu diesem Register zur Kenntnis nehmen
    .json = Ein JSON-Objekt je Register ausgeben
help-verifier-snapshot = Schreibt einen vollständigen Auszug der Register in eine Datei.

    Bringt zuerst die Kopien auf den neuesten Stand und schreibt sie dann mit den
    Unterschriften der Register in die Datei. An einem Rechner ohne Netz übernimmt
    „verifier sync --from DATEI“ sie dort in die Kopien.

    Rückgabewert: 0 geschrieben; 2 nicht geschrieben, oder ein Register war nicht
    erreichbar und die Datei hat dessen letzten bekannten Stand; 64 falscher Aufruf.
    .example =
        verifier snapshot --out auszug.snapshot
        verifier snapshot --out auszug.snapshot --origin siegel.example
    .out = In diese Datei, die es noch nicht gibt
    .origin = Nur dieses Register; sonst alle, denen vertraut wird
    .trust = Vertrauensordner; sonst $SCHULSIEGEL_TRUST, sonst der eigene
    .copy = Ordner der Kopien; sonst der eigene
help-verifier-trust = Zeigt oder ändert, wem vertraut wird.
    .example =
        verifier trust add vertrauen/
        verifier trust show
help-verifier-trust-add = Nimmt einen Vertrauensordner oder eine Datei mit Behörden auf.

    Zeigt die Fingerabdrücke der Schlüssel, für welche Einträge welches Registers sie
    gelten und was sich ändert, und fragt. Vergleichen Sie sie mit dem, was das
    Ministerium auf anderem Weg bekannt gibt. Ein weiteres Register kommt hinzu, wenn
    sich für die bisherigen nichts daran ändert, wer ihren Stand bezeugen muss.
    .example =
        verifier trust add vertrauen/
        verifier trust add authorities --to /etc/schulsiegel/trust
    .path = Vertrauensordner, oder Datei mit Behörden
    .to = In diesen Vertrauensordner statt in den eigenen
    .either = Register mit verschiedenen Zeugen in einem Ordner: jeder von ihnen darf dann den Stand jedes Registers bezeugen
    .yes = Nicht fragen
help-verifier-trust-show = Zeigt den Vertrauensordner mit allen Fingerabdrücken.
    .example =
        verifier trust show
    .trust = Vertrauensordner; sonst $SCHULSIEGEL_TRUST, sonst der eigene

## check

check-no-trust = Es ist nicht festgelegt, wem vertraut wird.
    .hint = Nennen Sie mit „--trust“ den Vertrauensordner des Landes, oder nehmen Sie ihn mit „verifier trust add“ auf.
check-nothing = Es wurde keine PDF-Datei gefunden.
    .hint = In Ordnern werden Dateien geprüft, deren Name auf .pdf endet.
check-progress = Prüfe
check-file = Datei
check-verdict = Ergebnis
check-school = Schule
check-kind = Art
check-date = Datum
check-summary = { $count ->
        [one] Eine Datei: { $counts }
       *[other] { $count } Dateien: { $counts }
    }
check-as-of = Nicht zurückgezogen nach dem Stand vom { $time }.
check-advice = { $count }× „{ $reason }“ → { $advice }
check-withdrawn = am { $date } { $by ->
        [authority] vom Ministerium
       *[other] von der Schule
    } ({ $reason })
check-replaced = am { $date }; als Nachfolger nennt die Schule { $successor }
check-sealed-part = Der versiegelte Teil für sich: { $verdict }.
check-recovered = Der versiegelte Teil steht in „{ $path }“.
check-ledger-failed = Das Register „{ $ledger }“ hilft hier nicht weiter: { $reason }
check-forgetful = Der Stand des Registers konnte nicht gemerkt werden; würde es später zurückgesetzt, fiele das nicht auf.
check-no-copy = Auf diesem Rechner liegt keine Kopie davon. „verifier sync“ legt sie an.
check-alarm = Beim Abgleich vom { $time } gab es einen Alarm, den noch niemand zur Kenntnis genommen hat. { $reason } „verifier sync“ zeigt ihn.

## sync

sync-no-folder = Für diesen Benutzer ist kein Ordner für Kopien bekannt.
    .hint = Nennen Sie mit „--copy“ einen Ordner.
sync-nothing = Im Vertrauensordner steht kein Register.
    .hint = „verifier trust show“ zeigt, wem vertraut wird.
sync-progress = Hole { $ledger }
sync-done = { $ledger }: { $count ->
        [0] kein neuer Eintrag
        [one] ein neuer Eintrag
       *[other] { $count } neue Einträge
    }, zusammen { $size }; Stand vom { $time }.
sync-done-without-time = { $ledger }: { $count ->
        [0] kein neuer Eintrag
        [one] ein neuer Eintrag
       *[other] { $count } neue Einträge
    }, zusammen { $size }; niemand bezeugt, von wann.
sync-was-ahead = Die Kopie von „{ $ledger }“ war schon weiter; sie bleibt, wie sie ist.
sync-set-aside = Die Kopie von „{ $ledger }“ war beschädigt und wurde neu angelegt. Die alte liegt jetzt in „{ $path }“.
sync-not-pinned = Dem Register „{ $ledger }“ aus der Datei wird hier nicht vertraut; es wird übergangen.
sync-none-pinned = In „{ $path }“ steht kein Register, dem hier vertraut wird.
    .hint = „verifier trust show“ zeigt, wem vertraut wird; „verifier trust add“ nimmt einen Vertrauensordner auf.
sync-ledger-failed = Die Kopie von „{ $ledger }“ bleibt, wie sie war. { $reason }
    .hint = { $advice }
sync-advice = { $text }
sync-advice-place = Tragen Sie in der Datei „ledgers“ des Vertrauensordners ein, wo es liegt, oder holen Sie einen Auszug mit „--from“.
sync-advice-unreachable = Prüfen Sie, ob der Ort in der Datei „ledgers“ des Vertrauensordners stimmt und erreichbar ist, und versuchen Sie es dann noch einmal.
sync-no-place = Der Vertrauensordner sagt nicht, wo dieses Register liegt.
sync-forked = ALARM: Das Register „{ $ledger }“ zeigt zwei verschiedene Verläufe (bemerkt am { $time }; bekannt waren { $known } Einträge, gezeigt wurden { $shown }).
    .hint = Die Kopie ist unverändert. Bewahren Sie beide Stände auf und melden Sie den Fall dem Ministerium und dem Betreiber des Registers. Danach erlaubt „verifier sync --acknowledge { $ledger }“ einen neuen Versuch.
sync-rolled-back = ALARM: Das Register „{ $ledger }“ zeigt weniger als früher (bemerkt am { $time }; bekannt waren { $known } Einträge, gezeigt wurden { $shown }).
    .hint = Die Kopie ist unverändert. Bewahren Sie beide Stände auf und melden Sie den Fall dem Ministerium und dem Betreiber des Registers: Vielleicht wurde eine alte Sicherung eingespielt. Danach erlaubt „verifier sync --acknowledge { $ledger }“ einen neuen Versuch.
sync-known = bekannter Stand: { $path }
sync-shown = gezeigter Stand: { $path }
sync-unkept = Die Stände konnten nicht aufbewahrt werden ({ $text }); der nächste Abgleich versucht es wieder.
sync-no-alarm = Zu „{ $ledger }“ gibt es keinen Alarm.
    .hint = „verifier sync“ zeigt, wie die Kopien stehen.
sync-acknowledged = Der Alarm zu „{ $ledger }“ ist zur Kenntnis genommen. Kopie und Beweise bleiben, wie sie sind; „verifier sync“ prüft das Register wie zuvor.

## Copies that cannot be used

copy-damaged = Die Kopie von „{ $ledger }“ auf diesem Rechner ist beschädigt ({ $text }). Über das Register sagt das nichts.
    .hint = „verifier sync --anew“ legt sie beiseite und legt eine neue an.
copy-unusable = Die Kopie von „{ $ledger }“ auf diesem Rechner ist nicht benutzbar. { $reason }
    .hint = Prüfen Sie Platz und Rechte, oder nennen Sie mit „--copy“ einen anderen Ordner.
copy-bad-alarm = Zu „{ $ledger }“ gibt es einen Alarm, aber „{ $path }“ ist nicht lesbar: { $reason }
    .hint = Sehen Sie im Ordner „evidence“ daneben nach, was aufbewahrt ist. Danach erlaubt „verifier sync --acknowledge { $ledger }“ einen neuen Versuch.

## snapshot

snapshot-written = { $entries ->
        [one] Ein Eintrag
       *[other] { $entries } Einträge
    } aus { $ledgers ->
        [one] einem Register
       *[other] { $ledgers } Registern
    } in „{ $path }“ geschrieben.
snapshot-of-copy = Die Datei bekommt von „{ $ledger }“ den letzten bekannten Stand.
snapshot-refused = Es wurde keine Datei geschrieben: „{ $ledger }“ ist so nicht zu haben.
    .hint = Beheben Sie, was oben steht, oder nennen Sie mit „--origin“ ein anderes Register.
snapshot-unwritten = Es wurde keine Datei geschrieben ({ $text }).
    .hint = „verifier sync“ prüft die Kopien.
snapshot-is-none = „{ $path }“ ist kein Auszug von Registern.
    .hint = Einen Auszug schreibt „verifier snapshot“.
snapshot-other-version = „{ $path }“ ist ein Auszug in einer Form, die diese Version nicht kennt.
    .hint = Installieren Sie auf beiden Rechnern dieselbe, neueste Version.
snapshot-truncated = „{ $path }“ ist nicht vollständig angekommen. Nichts wurde übernommen.
    .hint = Kopieren Sie die Datei noch einmal.
snapshot-malformed = „{ $path }“ ist kein unversehrter Auszug ({ $text }). Nichts wurde übernommen.
    .hint = Kopieren Sie die Datei noch einmal, oder schreiben Sie mit „verifier snapshot“ eine neue.

## CSV

csv-file = Datei
csv-verdict = Ergebnis
csv-reason = Grund
csv-explanation = Erklärung
csv-school = Schule
csv-number = Schulnummer
csv-place = Ort
csv-state = Land
csv-kind = Art
csv-issued = Ausgestellt
csv-admitted = Im Register seit
csv-as-of = Stand
csv-issuer-status = Schule heute
csv-successor = Ersetzt durch
csv-certificate = Zeugnis-ID

## trust

trust-no-folder = Für diesen Benutzer ist kein Ordner für Einstellungen bekannt.
    .hint = Nennen Sie mit „--to“ einen Ordner.
trust-question = Stimmen diese Fingerabdrücke mit denen überein, die das Ministerium bekannt gibt, und ist jede Änderung gewollt?
trust-unchanged = Nichts wurde geändert.
trust-nothing-new = Das alles steht schon in „{ $path }“. Nichts wurde geändert.
trust-added = Aufgenommen in „{ $path }“.
trust-folder = Vertrauensordner: { $path }
trust-pin = { $role }: { $name }
trust-fingerprint = Fingerabdruck: { $fingerprint }
trust-window = gilt im Register { $ledger } { $window }
trust-new = NEU
trust-same = unverändert
trust-changed = GEÄNDERT; bisher: { $role }, „{ $name }“, gilt { $window }
trust-authority = Behörde, { $land }
trust-ledger = Register
trust-witness = Zeuge
trust-quorum = Den Stand eines Registers muss bezeugen: { $witnesses }
trust-no-quorum = Den Stand eines Registers muss niemand bezeugen.
trust-quorum-before = GEÄNDERT. Bisher: { $before }
trust-age = Ein Stand darf höchstens { $age } alt sein.
trust-age-before = GEÄNDERT. Bisher: { $age }
trust-place = Das Register { $ledger } liegt in „{ $place }“.
trust-other-key = In „{ $path }“ hat das Register „{ $ledger }“ einen anderen Schlüssel.
    .hint = Ein Register wechselt seinen Schlüssel nicht. Fragen Sie das Ministerium, welcher Vertrauensordner der richtige ist; ein anderes Register gehört mit „--to“ in einen zweiten.
trust-other-quorum = „{ $path }“ verlangt andere Zeugen für den Stand der Register als das, was aufgenommen werden soll.
    .hint = Legen Sie mit „--to“ einen zweiten Vertrauensordner an. Betreibt dieselbe Stelle die Register, so nimmt „--either“ sie in denselben auf: Dann darf jeder der Zeugen den Stand jedes der Register bezeugen.
trust-impossible = Was „{ $path }“ von Zeugen verlangt, und was dazukommen soll, lässt sich nicht in einer Datei „policy“ sagen.
    .hint = Legen Sie mit „--to“ einen zweiten Vertrauensordner an.
trust-bad-place = Der Ort „{ $path }“ eines Registers lässt sich nicht in einen anderen Vertrauensordner übernehmen.
    .hint = Verlegen Sie das Register in einen Ordner, dessen Name keine Sonderzeichen hat.
trust-no-folder-yet = „{ $path }“ gibt es noch nicht, und Behörden allein genügen nicht.
    .hint = Nehmen Sie zuerst den ganzen Vertrauensordner des Landes auf.
trust-other = Das lässt sich nicht aufnehmen: { $reason }

# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Das Programm „verifier“.

help-verifier = Prüft, ob Zeugnisse echt sind, wer sie ausgestellt hat und ob sie zurückgezogen wurden.
    .example =
        verifier check Bewerbungen/
        verifier check --json zeugnis.pdf
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
    .path = Dateien und Ordner; „-“ ist die Standardeingabe
    .trust = Vertrauensordner; sonst $SCHULSIEGEL_TRUST, sonst der eigene
    .json = Ein JSON-Objekt je Datei ausgeben
    .csv = Ergebnis auch als Tabelle für Excel oder LibreOffice schreiben
    .no-ledger = Das Register nicht fragen: zeigt nur, dass ausgestellt wurde
    .recover = Den versiegelten Teil von Dateien, an die etwas angefügt wurde, hierhin schreiben
help-verifier-trust = Zeigt oder ändert, wem vertraut wird.
    .example =
        verifier trust add vertrauen/
        verifier trust show
help-verifier-trust-add = Nimmt einen Vertrauensordner oder eine Datei mit Behörden auf.

    Zeigt die Fingerabdrücke der Schlüssel und fragt. Vergleichen Sie sie mit denen,
    die das Ministerium auf anderem Weg bekannt gibt.
    .example =
        verifier trust add vertrauen/
        verifier trust add authorities --to /etc/schulsiegel/trust
    .path = Vertrauensordner, oder Datei mit Behörden
    .to = In diesen Vertrauensordner statt in den eigenen
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
check-sealed-part = Der versiegelte Teil für sich: { $verdict }.
check-recovered = Der versiegelte Teil steht in „{ $path }“.
check-ledger-failed = Das Register „{ $ledger }“ hilft hier nicht weiter: { $reason }
check-forgetful = Der Stand des Registers konnte nicht gemerkt werden; würde es später zurückgesetzt, fiele das nicht auf.

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
trust-question = Stimmen diese Fingerabdrücke mit denen überein, die das Ministerium bekannt gibt?
trust-unchanged = Nichts wurde geändert.
trust-added = Aufgenommen in „{ $path }“.
trust-folder = Vertrauensordner: { $path }
trust-role = Wer
trust-name = Schlüssel
trust-fingerprint = Fingerabdruck
trust-authority = Behörde, { $land }
trust-ledger = Register
trust-witness = Zeuge
trust-other-policy = „{ $path }“ hat schon eine andere Datei „policy“.
    .hint = Legen Sie mit „--to“ einen zweiten Vertrauensordner an, oder führen Sie beide von Hand zusammen.
trust-no-folder-yet = „{ $path }“ gibt es noch nicht, und Behörden allein genügen nicht.
    .hint = Nehmen Sie zuerst den ganzen Vertrauensordner des Landes auf.
trust-other = Das lässt sich nicht aufnehmen: { $reason }

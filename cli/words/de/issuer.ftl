# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Das Programm „issuer“.

help-issuer = Versiegelt Zeugnisse und führt ihr Zeugnisverzeichnis.
    .example =
        issuer init
        issuer issue Zeugnisse/ --out Versiegelt/ --kind abitur
        issuer list
    .config = Einstellungen der Schule
help-issuer-init = Richtet eine Schule ein: Einstellungen, Schlüssel, Antrag an das Ministerium.

    Fragt nach allem, was nicht als Option angegeben ist. Der private Schlüssel
    bleibt auf diesem Rechner; der Antrag enthält nur den öffentlichen.
    .example =
        issuer init
        issuer init --name Burgschule --number 12345 --place Mainz --state 07
    .name = Name der Schule
    .number = Schulnummer
    .place = Ort
    .state = Schlüssel des Landes, 01 bis 16
    .kinds = Arten von Zeugnissen, durch Leerzeichen getrennt; „*“ für alle
    .key-name = Name des Schlüssels; sonst aus Land und Schulnummer
    .trust = Vertrauensordner des Landes, vom Ort der Einstellungen aus
    .ledger = Ordner des Registers; sonst sagt es der Vertrauensordner
help-issuer-issue = Versiegelt Dateien und alle PDF-Dateien in Ordnern.

    Alle Dateien werden zuerst angesehen. Ist eine nicht in Ordnung, so wird keine
    versiegelt und gesagt, welche und warum. Die Originale bleiben unverändert; nichts
    wird überschrieben. Was schon versiegelt ist, wird ausgelassen.

    Rückgabewert: 0 versiegelt; 1 abgelehnt; 2 nicht bekannt oder nicht fertig (dann
    „issuer resume“); 64 falscher Aufruf.
    .example =
        issuer issue Zeugnisse/ --out Versiegelt/ --kind abitur
        issuer issue zeugnis.pdf --out Versiegelt/ --kind halbjahr --json
    .path = Dateien und Ordner
    .out = Ordner für die versiegelten Dateien
    .kind = Art der Zeugnisse, zum Beispiel abitur, realschule, halbjahr
    .detached = Den Nachweis neben die Datei legen (NAME.pdf.proof) statt hinein
    .skip-bad = Dateien, die nicht in Ordnung sind, auslassen
    .again = Auch versiegeln, was schon versiegelt ist
    .json = Ein JSON-Objekt je Datei ausgeben
help-issuer-resume = Bringt zu Ende, was ein früherer Lauf nicht zu Ende brachte.
    .example =
        issuer resume
    .without-missing = Ohne die Zeugnisse abschließen, deren Originale fehlen
help-issuer-list = Zeigt, was versiegelt wurde.
    .example =
        issuer list
        issuer list 3
        issuer list --json
    .batch = Nummer einer Versiegelung: zeigt ihre Zeugnisse
    .json = Ein JSON-Objekt je Zeugnis ausgeben
help-issuer-show = Zeigt ein Zeugnis.
    .example =
        issuer show Versiegelt/zeugnis.pdf
        issuer show 3f9a27c1
    .what = Datei (Original oder versiegelt) oder Anfang der Zeugnis-ID
    .json = Ein JSON-Objekt ausgeben
help-issuer-proof = Schreibt den Nachweis eines Zeugnisses noch einmal.
    .example =
        issuer proof 3f9a27c1 --out zeugnis.pdf.proof
    .what = Datei (Original oder versiegelt) oder Anfang der Zeugnis-ID
    .out = Datei für den Nachweis; sonst NAME.pdf.proof im aktuellen Ordner

## Einstellungen und Zeugnisverzeichnis

config-missing = „{ $path }“ gibt es nicht: Hier ist keine Schule eingerichtet.
    .hint = „issuer init“ richtet eine Schule ein; „--config“ nennt eine andere Datei.
config-exists = „{ $path }“ gibt es schon: Hier ist eine Schule eingerichtet.
    .hint = Nennen Sie mit „--config“ eine andere Datei. Nichts wurde geändert.
config-malformed = „{ $path }“ ist fehlerhaft: { $text }
    .hint = „issuer init“ in einem leeren Ordner zeigt, wie die Datei aussehen soll.
config-bad-value = In „{ $path }“ passt der Wert von „{ $field }“ nicht: { $value }
    .hint = „issuer init“ in einem leeren Ordner zeigt, wie die Datei aussehen soll.
config-other = Das ging nicht: { $text }
register-failed = Das Zeugnisverzeichnis „{ $path }“ ist nicht benutzbar: { $text }
    .hint = Spielen Sie die letzte Sicherung des Zeugnisverzeichnisses ein. Versiegelte Zeugnisse bleiben davon unberührt.
register-not-one = „{ $path }“ ist kein Zeugnisverzeichnis dieser Version.
    .hint = Prüfen Sie den Eintrag „register“ in den Einstellungen, oder nehmen Sie eine neuere Version des Programms.

## init

setup-name = Name der Schule
setup-number = Schulnummer
setup-place = Ort
setup-state = Land (01 Schleswig-Holstein … 16 Thüringen)
setup-bad-name = Namen haben 1 bis 200 Byte, eine Zeile und keine unsichtbaren Zeichen.
setup-bad-number = Schulnummern haben 1 bis 16 Ziffern, Buchstaben oder Bindestriche.
setup-bad-state = Das Land hat zwei Ziffern, 01 bis 16: zum Beispiel 07 für Rheinland-Pfalz.
setup-bad-kinds = Arten sind „*“, oder Wörter aus kleinen Buchstaben, Ziffern und Bindestrichen, aufsteigend sortiert.
setup-bad-key-name = Namen von Schlüsseln haben kleine Buchstaben, Ziffern, Punkte, Schrägstriche und Bindestriche.
setup-done = Die Schule ist eingerichtet: { $path }
setup-fingerprint = Fingerabdruck des Schlüssels: { $fingerprint }
setup-next = Schicken Sie jetzt „{ $request }“ an { $ministry } und nennen Sie den Fingerabdruck auf einem anderen Weg, etwa am Telefon. Sichern Sie den Schlüssel und das Zeugnisverzeichnis.

## issue

column-file = Datei
column-reason = Grund
column-certificate = Zeugnis-ID
issue-bad-kind = Arten haben kleine Buchstaben, Ziffern und Bindestriche, höchstens 32 Zeichen
issue-waiting = Ein anderer Lauf ist noch nicht fertig; ich warte darauf.
issue-looking = Sehe an
issue-writing = Schreibe
issue-nothing = Es wurde keine PDF-Datei gefunden.
    .hint = In Ordnern werden Dateien versiegelt, deren Name auf .pdf endet.
issue-out-inside = Der Ordner „{ $out }“ liegt in „{ $path }“ und würde beim nächsten Mal mitgelesen.
    .hint = Nennen Sie mit „--out“ einen Ordner daneben.
issue-no-worker = Die Dateien können nicht angesehen werden: { $reason }
    .hint = Prüfen Sie, ob das Programm sich selbst starten darf.
issue-refused = { $total ->
        [one] Die Datei kann nicht versiegelt werden.
       *[other] { $count } von { $total } Dateien können nicht versiegelt werden; keine wurde versiegelt.
    }
    .hint = Bringen Sie sie in Ordnung, oder lassen Sie sie mit „--skip-bad“ aus.
issue-all-refused = { $total ->
        [one] Die Datei kann nicht versiegelt werden.
       *[other] Keine der { $total } Dateien kann versiegelt werden.
    }
    .hint = Bringen Sie die Dateien in Ordnung.
issue-skipped = Schon versiegelt: „{ $file }“ ({ $certificate })
issue-passed-over = Ausgelassen: „{ $file }“: { $reason }
issue-left-out = Ausgelassen: { $skipped } schon versiegelt, { $refused } nicht in Ordnung.
issue-sealed = { $count ->
        [one] Ein Zeugnis ist versiegelt und liegt in „{ $out }“ (Register-Eintrag { $index }, { $time }).
       *[other] { $count } Zeugnisse sind versiegelt und liegen in „{ $out }“ (Register-Eintrag { $index }, { $time }).
    }
issue-no-ledger = Nirgends steht, wo das Register ist.
    .hint = Tragen Sie es in der Datei „ledgers“ des Vertrauensordners ein, oder als „ledger“ in den Einstellungen.
issue-not-accredited = Diese Schule ist noch nicht zugelassen. Nichts wurde versiegelt.
    .hint = Schicken Sie „{ $request }“ an { $ministry }. Nach der Zulassung geht es ohne weiteres.
issue-may-not = Diese Schule darf das zurzeit nicht ausstellen: { $reason } ({ $code }) Nichts wurde versiegelt.
    .hint = Wenden Sie sich an { $ministry }.
issue-too-many = { $count } Zeugnisse sind zu viele auf einmal; höchstens 1.048.576 gehen.
    .hint = Versiegeln Sie sie in mehreren Läufen.
issue-no-randomness = Das Betriebssystem liefert keine Zufallszahlen. Nichts wurde versiegelt.
issue-no-space = Der Platz reicht nicht: { $needed } MB sind nötig, { $free } MB sind frei. Nichts wurde versiegelt.
    .hint = Schaffen Sie Platz, oder nennen Sie mit „--out“ einen Ordner auf einer anderen Platte.
issue-outcome-unknown = Es ist nicht bekannt, ob das Register die Zeugnisse aufgenommen hat.
    .hint = „issuer resume“ findet es heraus und bringt zu Ende, was angefangen ist.
issue-unfinished = Die Zeugnisse stehen im Register, aber die Dateien sind nicht alle geschrieben.
    .hint = Beheben Sie die Ursache; „issuer resume“ bringt es dann zu Ende.
issue-not-provable = Der Eintrag im Register ist nicht nachweisbar: { $text }
issue-self-check = Der eigene Vertrauensordner nimmt die Zeugnisse nicht an: { $reason }

## resume

resume-writing = Schreibe
resume-nothing = Es ist nichts offen.
resume-finished = { $count ->
        [one] Von einem früheren Lauf: ein Zeugnis ist fertig und liegt in „{ $out }“.
       *[other] Von einem früheren Lauf: { $count } Zeugnisse sind fertig und liegen in „{ $out }“.
    }
resume-discarded = { $count ->
        [one] Von einem früheren Lauf: ein Zeugnis kam nicht bis ins Register und ist verworfen.
       *[other] Von einem früheren Lauf: { $count } Zeugnisse kamen nicht bis ins Register und sind verworfen.
    }
resume-missing = { $count ->
        [one] Ein Zeugnis steht im Register, aber sein Original ist nicht mehr da oder wurde verändert.
       *[other] { $count } Zeugnisse stehen im Register, aber ihre Originale sind nicht mehr da oder wurden verändert.
    }
    .hint = Legen Sie die Originale zurück und rufen Sie „issuer resume“ auf; „issuer resume --without-missing“ schließt ohne sie ab.
resume-missing-file = { $path }
resume-without = { $count ->
        [one] Abgeschlossen ohne ein Zeugnis.
       *[other] Abgeschlossen ohne { $count } Zeugnisse.
    }

## list, show, proof

list-nothing = Es wurde noch nichts versiegelt.
list-no-batch = Eine Versiegelung mit der Nummer { $number } gibt es nicht.
    .hint = „issuer list“ zeigt alle.
list-number = Nr.
list-kind = Art
list-count = Zeugnisse
list-date = Datum
list-state = Stand
list-folder = Ordner
batch-state-staged = angefangen
batch-state-committed = im Register, Dateien fehlen
batch-state-done = fertig
show-unknown = „{ $what }“ steht nicht im Zeugnisverzeichnis dieser Schule.
    .hint = Nennen Sie eine Datei oder den Anfang einer Zeugnis-ID; „issuer list“ zeigt, was es gibt.
show-ambiguous = Mehrere Zeugnis-IDs fangen mit „{ $what }“ an.
    .hint = Nennen Sie mehr Zeichen.
show-certificate = Zeugnis-ID: { $id }
show-copy = Versiegelt: { $path }
show-original = Original: { $path }
show-digest = SHA-256 des Originals: { $digest }
show-batch = Versiegelung { $number }, Art { $kind }: { $state }
show-ledger = Register-Eintrag { $index } vom { $time }
proof-written = Der Nachweis steht in „{ $path }“.

## Warum eine Datei nicht versiegelt wird.

fault-unreadable = Die Datei kann nicht gelesen werden.
fault-too-large = Die Datei ist größer als 64 MiB.
fault-not-a-pdf = Die Datei ist kein PDF.
fault-already-sealed = Die Datei trägt schon ein Siegel.
fault-bad-ending = Die Datei endet nicht so, wie ein PDF enden soll; vielleicht ist sie nicht vollständig.
fault-damaged = Das PDF ist beschädigt: Programme zeigen es vielleicht verschieden.
fault-encrypted = Das PDF ist mit einem Kennwort geschützt.
fault-no-pages = Das PDF hat keine Seite.
fault-javascript = Das PDF enthält JavaScript und kann seinen Inhalt ändern.
fault-launch = Das PDF startet Programme.
fault-xfa = Das PDF enthält ein XFA-Formular und zeigt nicht überall dasselbe.
fault-external-stream = Das PDF holt Inhalte aus anderen Dateien.
fault-too-complex = Das PDF ist so aufgebaut, dass das Ansehen zu lange dauert oder zu viel Speicher braucht.
fault-output-exists = Im Ordner für die versiegelten Dateien liegt schon eine Datei dieses Namens.
fault-original-missing = Das Original ist nicht mehr da oder wurde verändert.

## An wen sich eine Schule wendet.

ministry-01 = das für Schulen zuständige Ministerium in Schleswig-Holstein
ministry-02 = die für Schulen zuständige Behörde in Hamburg
ministry-03 = das für Schulen zuständige Ministerium in Niedersachsen
ministry-04 = die für Schulen zuständige Behörde in Bremen
ministry-05 = das für Schulen zuständige Ministerium in Nordrhein-Westfalen
ministry-06 = das für Schulen zuständige Ministerium in Hessen
ministry-07 = das für Schulen zuständige Ministerium in Rheinland-Pfalz
ministry-08 = das für Schulen zuständige Ministerium in Baden-Württemberg
ministry-09 = das für Schulen zuständige Ministerium in Bayern
ministry-10 = das für Schulen zuständige Ministerium des Saarlandes
ministry-11 = die für Schulen zuständige Behörde in Berlin
ministry-12 = das für Schulen zuständige Ministerium in Brandenburg
ministry-13 = das für Schulen zuständige Ministerium in Mecklenburg-Vorpommern
ministry-14 = das für Schulen zuständige Ministerium in Sachsen
ministry-15 = das für Schulen zuständige Ministerium in Sachsen-Anhalt
ministry-16 = das für Schulen zuständige Ministerium in Thüringen

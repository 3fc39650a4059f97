# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Das Programm „issuer“.

help-issuer = Versiegelt Zeugnisse und führt ihr Zeugnisverzeichnis.
    .example =
        issuer init
        issuer issue Zeugnisse/ --out Versiegelt/ --kind abitur
        issuer list
    .config = Einstellungen der Schule
    .passphrase-file = Datei mit der Passphrase des Schlüssels
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
    .no-passphrase = Die Schlüsseldatei nicht verschlüsseln: wer sie lesen kann, kann unterschreiben
    .token-module = PKCS#11-Modul eines Tokens (Datei des Herstellers): der Schlüssel entsteht im Token
    .token = Name des Tokens
    .token-key = Name des Schlüssels im Token; sonst der Name, unter dem unterschrieben wird
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
help-issuer-revoke = Zieht Zeugnisse zurück.

    Nennen Sie Dateien (Original oder versiegelt), Dateinamen aus dem
    Zeugnisverzeichnis oder Zeugnis-IDs (mindestens 8 Zeichen). Wurde ein Dokument
    mehrmals versiegelt, so gilt es für alle seine Zeugnisse. Das lässt sich nicht
    rückgängig machen. Soll ein anderes Zeugnis an die Stelle treten, so ist „issuer
    replace“ der richtige Befehl.

    Am Terminal wird gefragt, in Skripten nur bei „--search“. Rückgabewert: 0
    zurückgezogen, auch wenn es schon zuvor so war; 1 abgelehnt; 2 nicht bekannt (dann
    „issuer resume“); 64 falscher Aufruf.
    .example =
        issuer revoke zeugnis.pdf --reason issued-in-error
        issuer revoke 3f9a27c1 --reason document-lost
        issuer revoke --search meyer --reason qualification-withdrawn
    .what = Dateien, Dateinamen oder Zeugnis-IDs
    .search = Zeugnisse suchen, in deren Dateinamen dieser Text vorkommt
    .reason = Warum: irrtümlich ausgestellt, Abschluss aberkannt, Dokument verloren, anderes
    .yes = Nicht fragen
    .json = Ein JSON-Objekt je Zeugnis ausgeben
help-issuer-replace = Versiegelt ein neues Zeugnis und setzt es an die Stelle eines alten.

    Das alte ist eine Datei, ein Dateiname oder eine Zeugnis-ID; das neue eine
    PDF-Datei. Wer das alte prüft, erfährt, dass es ersetzt wurde und wodurch. Nach
    einem Abbruch bringt derselbe Befehl es zu Ende, oder „issuer resume“.

    Mit „--csv“ stehen in jeder Zeile ein altes und ein neues, durch Komma oder
    Strichpunkt getrennt.
    .example =
        issuer replace alt.pdf neu.pdf --out Versiegelt/
        issuer replace --csv paare.csv --out Versiegelt/
    .old = Das alte Zeugnis: Datei, Dateiname oder Zeugnis-ID
    .new = Das neue Zeugnis, eine PDF-Datei
    .out = Ordner für das versiegelte neue Zeugnis
    .csv = Datei mit alten und neuen Zeugnissen
    .yes = Nicht fragen
    .json = Ein JSON-Objekt je Paar ausgeben
help-issuer-status = Zeigt, was das Register von dieser Schule weiß, und warnt vor Fremdem.

    Was unter dem Namen der Schule im Register steht, aber nicht in ihrem
    Zeugnisverzeichnis, hat jemand anderes mit ihrem Schlüssel erklärt. War es ein
    Kollege mit eigenem Zeugnisverzeichnis, so vermerkt „--accept“ das.

    Rückgabewert: 0 alles in Ordnung; 1 es gibt eine Warnung; 64 falscher Aufruf.
    .example =
        issuer status
        issuer status --accept 17
    .accept = Diesen Eintrag des Registers hat ein Kollege gemacht; mehrmals möglich
    .json = Ein JSON-Objekt ausgeben
help-issuer-rotate-key = Wechselt den Schlüssel der Schule.

    Der neue entsteht neben dem alten, mit derselben Passphrase oder im selben Token.
    Was versiegelt ist, bleibt echt. Der alte taugt danach zu nichts mehr. Nach einem
    Diebstahl hilft das nicht: Rufen Sie dann das Ministerium an.
    .example =
        issuer rotate-key
    .yes = Nicht fragen
help-issuer-endorse = Bestätigt mit dem neuen Schlüssel, was durch den Diebstahl des alten ungültig wurde.

    Nur, was im Zeugnisverzeichnis steht: Versiegelungen, Rücknahmen und Ersetzungen
    der Schule selbst. Die ausgegebenen Dateien gelten danach wieder unverändert.
    .example =
        issuer endorse
    .yes = Nicht fragen
help-issuer-passphrase = Gibt dem Schlüssel der Schule eine neue Passphrase, oder seinem Token eine neue PIN.

    Die alte kommt aus „--passphrase-file“, sonst aus der Datei in
    $SCHULSIEGEL_PASSPHRASE_FILE, sonst aus $SCHULSIEGEL_PASSPHRASE, sonst aus
    „passphrase_file“ in den Einstellungen; sonst wird am Terminal gefragt. Sicherungen
    der Schlüsseldatei behalten die alte.
    .example =
        issuer passphrase
        issuer passphrase --passphrase-file alt --new-passphrase-file neu
    .new-passphrase-file = Datei mit der neuen Passphrase; sonst wird gefragt
    .no-passphrase = Die Schlüsseldatei entschlüsseln: wer sie lesen kann, kann unterschreiben

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
    .hint = Ist noch Platz auf der Platte, und darf dort geschrieben werden? Ist die Datei selbst beschädigt, spielen Sie ihre letzte Sicherung ein. Versiegelte Zeugnisse bleiben davon unberührt.
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
setup-next = Schicken Sie jetzt „{ $request }“ an { $ministry } und nennen Sie den Fingerabdruck auf einem anderen Weg, etwa am Telefon. { $place ->
        [token] Sichern Sie das Zeugnisverzeichnis; der Schlüssel bleibt im Token.
       *[file] Sichern Sie den Schlüssel und das Zeugnisverzeichnis.
    }

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
issue-ledger-missing = In „{ $folder }“ liegt kein Register.
    .hint = Prüfen Sie den Ort in der Datei „ledgers“ des Vertrauensordners oder als „ledger“ in den Einstellungen, und ob der Datenträger verbunden ist.
issue-not-accredited = Diese Schule ist noch nicht zugelassen. Nichts wurde versiegelt.
    .hint = Schicken Sie „{ $request }“ an { $ministry }. Nach der Zulassung geht es ohne weiteres.
issue-unpinned = Eine Behörde hat diese Schule zugelassen, aber der Vertrauensordner lässt das nicht gelten: „{ $authority }“, Fingerabdruck des Schlüssels beginnt mit { $fingerprint } (Register-Eintrag { $index }): { $reason }. Nichts wurde geändert.
    .hint = Lassen Sie sich von { $ministry } den aktuellen Vertrauensordner geben und nehmen Sie ihn mit „verifier trust add ORDNER --to { $trust }“ auf; vergleichen Sie dabei die Fingerabdrücke. Steht diese Behörde auch darin nicht, so hat jemand Unbefugtes die Zulassung erklärt.
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

## Das Wiederherstellungsblatt

sheet-title = Wiederherstellungsblatt
sheet-document = Wiederherstellungsblatt: { $school }
sheet-other-page = Deutsch: Seite 1
sheet-about = Zum Schlüssel, mit dem die Schule ihre Zeugnisse versiegelt. Drucken Sie dieses Blatt aus, füllen Sie es aus und bewahren Sie es verschlossen auf, nicht beim Rechner. Weder der Schlüssel noch die Passphrase stehen darauf: Wer das Blatt findet, kann damit nichts versiegeln.
sheet-school = Schule
sheet-number = Schulnummer
sheet-place = Ort
sheet-state = Land
sheet-key-name = Name des Schlüssels
sheet-key-file = Der Schlüssel liegt in
sheet-key-token = Der Schlüssel liegt im Token
sheet-made = Stand dieses Blatts
sheet-key = Öffentlicher Schlüssel
sheet-fingerprint = Fingerabdruck des öffentlichen Schlüssels, zum Vorlesen am Telefon
sheet-by-hand = Von Hand auszufüllen
sheet-by-hand-about = Die Passphrase (beim Token: die PIN) gehört in einen verschlossenen Umschlag, die Sicherung an einen anderen Ort. Schreiben Sie hier nur hin, wo beides liegt.
sheet-by-hand-computer = Rechner oder Token: wo
sheet-by-hand-envelope = Umschlag mit der Passphrase: wo
sheet-by-hand-backup = Sicherung: wo
sheet-by-hand-ministry = Ministerium: wer, Telefon
sheet-by-hand-people = Wer versiegelt, wer vertritt
sheet-lost = A. Der Schlüssel ist verloren
sheet-lost-about = Die Datei ist gelöscht, Rechner oder Token sind defekt, oder niemand weiß die Passphrase mehr. Was versiegelt ist, bleibt echt; nur neue Zeugnisse können Sie vorerst nicht versiegeln.
sheet-lost-1 = Gibt es die Sicherung und die Passphrase noch? Dann legen Sie die Schlüsseldatei an ihren Platz zurück. Mehr ist nicht zu tun.
sheet-lost-2 = Sonst legen Sie mit „issuer init“ in einem neuen Ordner einen neuen Schlüssel an, mit denselben Angaben und demselben Namen des Schlüssels wie oben. Kopieren Sie das Zeugnisverzeichnis „register.db“ aus dem alten Ordner dorthin.
sheet-lost-3 = Schicken Sie den neuen Antrag „request.note“ an das Ministerium, und lesen Sie ihm am Telefon den neuen Fingerabdruck vor. Nach der Zulassung geht es weiter.
sheet-lost-4 = Ersetzen Sie dieses Blatt durch das neue, das dabei entsteht.
sheet-stolen = B. Der Schlüssel ist gestohlen, oder im Register steht etwas, das nicht von Ihnen ist
sheet-stolen-about = Jemand hat die Datei und die Passphrase, oder Sie wissen es nicht sicher. Warten Sie nicht ab.
sheet-stolen-1 = Rufen Sie sofort das Ministerium an. Versiegeln Sie bis auf Weiteres nichts.
sheet-stolen-2 = „issuer status“ zeigt, was unter dem Namen der Schule im Register steht. Nennen Sie dem Ministerium die Nummer des ersten Eintrags, der nicht von Ihnen ist, oder sagen Sie, dass es keinen gibt. Das Ministerium erklärt den Schlüssel von diesem Eintrag an für missbraucht. Was davor steht, bleibt gültig.
sheet-stolen-3 = Legen Sie einen neuen Schlüssel an, wie unter A, Schritte 2 bis 4.
sheet-stolen-4 = Was Sie selbst nach diesem Eintrag versiegelt oder zurückgezogen haben, zählt nicht mehr. „issuer endorse“ bestätigt es mit dem neuen Schlüssel; die ausgegebenen Dateien gelten danach wieder.
sheet-yearly = C. Jedes Jahr
sheet-yearly-about = Am besten vor den Abschlusszeugnissen.
sheet-yearly-1 = Sehen Sie mit „issuer status“ nach, ob alles im Register von Ihnen ist.
sheet-yearly-2 = Stimmt noch, was oben von Hand steht? Liegen Umschlag und Sicherung dort? Ist der Umschlag noch zu?
sheet-yearly-3 = Wer die Passphrase kennt, hat gewechselt? „issuer passphrase“ gibt dem Schlüssel eine neue. Erneuern Sie dann auch Umschlag und Sicherung: Alte Sicherungen behalten die alte Passphrase.
sheet-failed = Das Wiederherstellungsblatt lässt sich nicht schreiben: { $reason }
sheet-bad-request = „{ $path }“ ist nicht der Antrag dieser Schule.
    .hint = Daraus werden Name, Nummer und Ort der Schule gelesen. Prüfen Sie den Eintrag „request“ in den Einstellungen.
sheet-written = Das Wiederherstellungsblatt liegt in „{ $path }“. Drucken Sie es aus, füllen Sie es aus und schließen Sie es weg.
sheet-exists = „{ $path }“ gibt es schon, und nichts wird überschrieben.
    .hint = Das Blatt dort gehört vielleicht zu einem anderen Schlüssel. Verschieben Sie es, oder nennen Sie einen anderen Ordner oder mit „issuer sheet --out“ eine andere Datei.
help-issuer-sheet = Schreibt das Wiederherstellungsblatt noch einmal: was zu tun ist, wenn der Schlüssel verloren oder gestohlen ist.

    Zwei Seiten zum Ausdrucken, deutsch und englisch, mit dem öffentlichen Schlüssel.
    Der Schlüssel wird geöffnet, damit der richtige darauf steht; er selbst und die
    Passphrase stehen nicht darauf.
    .example =
        issuer sheet
        issuer sheet --out blatt.pdf
    .out = Datei für das Blatt; sonst wiederherstellung.pdf bei den Einstellungen

## Was gegen ein Zeugnis gesagt wurde

column-standing = Stand
standing-valid = gültig
standing-revoked = zurückgezogen ({ $reason }), { $time }, Register-Eintrag { $index }
standing-revoked-by-authority = vom Ministerium zurückgezogen ({ $reason }), { $time }, Register-Eintrag { $index }
standing-replaced = ersetzt durch { $successor }, { $time }, Register-Eintrag { $index }
standing-void = Rücknahme mit gestohlenem Schlüssel, ungeklärt
show-standing = Stand: { $standing }
view-missing = Ob Zeugnisse zurückgezogen sind, ist nicht zu sehen. { $reason }
nothing-done = Nichts wurde geändert.

## Zeugnisse finden

find-unknown = „{ $what }“ steht nicht im Zeugnisverzeichnis dieser Schule.
find-unknown-id = Die Zeugnis-ID { $what } steht nicht im Zeugnisverzeichnis dieser Schule; sie zurückzuziehen hätte keine Wirkung, wenn sie einer anderen gehört. Ist das Zeugnis von dieser Schule, so nennen Sie die versiegelte Datei, oder bitten Sie das Ministerium.
find-ambiguous-id = Mehrere Zeugnis-IDs fangen mit „{ $what }“ an; nennen Sie mehr Zeichen.
find-ambiguous-name = „{ $what }“ heißen { $count } Zeugnisse; nennen Sie den Ordner mit, oder die Zeugnis-ID („issuer list“).
find-not-ours = „{ $what }“ ist kein Zeugnis dieser Schule: Die Datei steht nicht im Zeugnisverzeichnis und trägt keinen gültigen Nachweis dieser Schule.
find-nothing = In keinem Dateinamen kommt „{ $text }“ vor.

## revoke

revoke-saying = Ziehe zurück
revoke-question = { $count ->
        [one] Dieses Zeugnis zurückziehen ({ $reason })? Das lässt sich nicht rückgängig machen.
       *[other] Diese { $count } Zeugnisse zurückziehen ({ $reason })? Das lässt sich nicht rückgängig machen.
    }
revoke-refused = Es wurde nichts zurückgezogen.
    .hint = Prüfen Sie die Angaben; „issuer list“ zeigt, was es gibt.
revoke-done = { $count ->
        [one] Ein Zeugnis ist zurückgezogen.
       *[other] { $count } Zeugnisse sind zurückgezogen.
    }
revoke-nothing-new = Alles davon war schon zurückgezogen; nichts wurde geändert.

## replace

replace-question = { $count ->
        [one] Dieses Zeugnis durch das neue ersetzen? Das lässt sich nicht rückgängig machen.
       *[other] Diese { $count } Zeugnisse durch die neuen ersetzen? Das lässt sich nicht rückgängig machen.
    }
replace-refused = Es wurde nichts versiegelt und nichts ersetzt.
    .hint = Bringen Sie das in Ordnung und rufen Sie den Befehl noch einmal auf.
replace-nothing = Es ist kein Paar von Zeugnissen genannt.
    .hint = Nennen Sie das alte und das neue Zeugnis, oder mit „--csv“ eine Datei mit Paaren.
replace-bad-line = „{ $path }“, Zeile { $line }: Verlangt werden ein altes und ein neues Zeugnis, durch Komma oder Strichpunkt getrennt.
    .hint = Namen mit Komma oder Strichpunkt stehen in Anführungszeichen.
replace-same = „{ $old }“: Das alte und das neue Zeugnis sind dasselbe Dokument.
replace-twice = „{ $old }“ und „{ $new }“: eines davon ist in einem anderen Paar noch einmal genannt.
replace-withdrawn = „{ $old }“ kann nicht mehr ersetzt werden: { $standing }
replace-new-withdrawn = „{ $new }“ kann nichts ersetzen: { $standing }
replace-taken = „{ $path }“ gibt es schon; nichts wird überschrieben.
    .hint = Nennen Sie mit „--out“ einen anderen Ordner.
replace-unfinished = Neue Zeugnisse sind versiegelt, aber die alten sind noch nicht alle ersetzt.
    .hint = Beheben Sie die Ursache; „issuer resume“ bringt es dann zu Ende.
replace-overtaken = „{ $old }“ wurde inzwischen von anderer Seite zurückgezogen und nicht ersetzt. Das neue Zeugnis ist versiegelt.
    .hint = „issuer show“ zeigt, wie es um beide steht.
replace-done = „{ $old }“ ist ersetzt durch „{ $new }“, Zeugnis-ID { $successor } (Register-Eintrag { $index }, { $time }).
replace-done-before = „{ $old }“ war schon ersetzt durch „{ $new }“, Zeugnis-ID { $successor } (Register-Eintrag { $index }, { $time }).
replace-copy = Versiegelt: { $path }

## Was ein früherer Lauf sagen sollte

resume-revoked = { $count ->
        [one] Von einem früheren Lauf: ein Zeugnis ist zurückgezogen.
       *[other] Von einem früheren Lauf: { $count } Zeugnisse sind zurückgezogen.
    }
resume-replaced = { $count ->
        [one] Von einem früheren Lauf: ein Zeugnis ist ersetzt.
       *[other] Von einem früheren Lauf: { $count } Zeugnisse sind ersetzt.
    }
resume-endorsed = Von einem früheren Lauf: eine Versiegelung ist bestätigt.

## Warum eine Schule nichts erklären darf

school-suspended = Die Schule ist vom Ministerium gesperrt. Nichts wurde geändert.
    .hint = Nur { $ministry } kann die Sperre aufheben. „issuer status“ zeigt, seit wann sie gilt. Was versiegelt ist, bleibt gültig.
school-key-compromised = Der Schlüssel der Schule ist als gestohlen oder missbraucht gemeldet. Nichts wurde geändert.
    .hint = Legen Sie mit „issuer init“ in einem neuen Ordner einen neuen Schlüssel an, nehmen Sie das Zeugnisverzeichnis mit, und schicken Sie den Antrag an { $ministry }. Danach bestätigt „issuer endorse“, was von Ihnen ist.
school-key-retired = Die Schule hat einen neueren Schlüssel als diesen: Jemand hat ihn gewechselt. Nichts wurde geändert.
    .hint = Holen Sie den neuen Schlüssel bei dem Kollegen, der ihn gewechselt hat, und tragen Sie ihn in den Einstellungen ein; liegt er schon daneben, so nimmt ihn „issuer rotate-key“. War es niemand von Ihnen, so rufen Sie { $ministry } an.
school-too-many-rotations = Der Schlüssel wurde seit der Zulassung schon siebenmal gewechselt; öfter geht es nicht. Nichts wurde geändert.
    .hint = Bitten Sie { $ministry } um eine neue Zulassung für den Schlüssel, den Sie jetzt haben: Der Antrag dafür liegt in „{ $request }“. Danach kann er wieder gewechselt werden.

## rotate-key

rotate-question = Den Schlüssel der Schule wechseln? Der alte gilt danach nicht mehr.
rotate-done = Der Schlüssel ist gewechselt. Der neue: { $key }. { $place ->
        [token] Er bleibt im Token; den alten darin brauchen Sie nicht mehr.
       *[file] Sichern Sie ihn; den alten brauchen Sie nicht mehr.
    } „issuer sheet“ schreibt das Wiederherstellungsblatt neu. Für die nächste Verlängerung der Zulassung liegt in „{ $request }“ ein neuer Antrag mit diesem Schlüssel.
rotate-adopted = Ein Wechsel des Schlüssels ist zu Ende gebracht. Der neue: { $key }. { $place ->
        [token] Er bleibt im Token.
       *[file] Sichern Sie ihn.
    } Für die nächste Verlängerung der Zulassung liegt in „{ $request }“ ein neuer Antrag mit diesem Schlüssel.
rotate-taken-back = Der Wechsel des Schlüssels fand nicht statt: { $reason }. Es bleibt beim alten.
    .hint = „issuer status“ zeigt, welchen Schlüssel das Register kennt.
rotate-not-begun = Ein Wechsel des Schlüssels kam nicht bis ins Register. Es bleibt beim alten; „issuer rotate-key“ wechselt ihn.
rotate-open = Der Wechsel des Schlüssels ist angefangen; der nächste Befehl bringt ihn zu Ende. Beide Schlüssel sind noch da.
    .hint = Beheben Sie die Ursache und geben Sie den Befehl noch einmal.

## endorse

endorse-nothing = Es gibt nichts zu bestätigen.
endorse-withdrawals = { $count ->
        [one] Dazu eine Rücknahme oder Ersetzung.
       *[other] Dazu { $count } Rücknahmen oder Ersetzungen.
    }
endorse-question = Das alles mit dem neuen Schlüssel bestätigen?
endorse-done = { $count ->
        [one] Bestätigt: eine Erklärung steht neu im Register.
       *[other] Bestätigt: { $count } Erklärungen stehen neu im Register.
    }

## status

issue-not-accredited-status = Die Schule „{ $name }“ ist noch nicht zugelassen. Schicken Sie „{ $request }“ an { $ministry }.
status-unpinned = Die Schule „{ $name }“ ist nach ihrem Vertrauensordner nicht zugelassen. Im Register steht aber eine Zulassung durch „{ $authority }“ (Register-Eintrag { $index }; Fingerabdruck des Schlüssels der Behörde beginnt mit { $fingerprint }; zugelassener Schlüssel: { $key }), die nicht zählt: { $reason }. Lassen Sie sich von { $ministry } den aktuellen Vertrauensordner geben und nehmen Sie ihn mit „verifier trust add ORDNER --to { $trust }“ auf.
status-school = { $name }, { $place } (Schulnummer { $number }; im Register „{ $key-name }“)
status-standing = Stand: { $standing }
school-standing-accredited = zugelassen
school-standing-suspended = gesperrt
school-standing-compromised = Schlüssel als gestohlen gemeldet
school-standing-not-yet = Zulassung beginnt erst
school-standing-expired = Zulassung abgelaufen
status-accredited = Zugelassen vom { $from } bis { $until } für: { $kinds } (Register-Eintrag { $index })
status-key = Fingerabdruck des Schlüssels, den das Register kennt: { $fingerprint }
status-rotations = { $count ->
        [one] Der Schlüssel wurde einmal gewechselt (Register-Eintrag { $index }).
       *[other] Der Schlüssel wurde { $count }-mal gewechselt, zuletzt mit Register-Eintrag { $index }.
    }
status-suspended = Gesperrt seit { $time } (Register-Eintrag { $index }, Grund: { $reason })
status-as-of = Register: { $size ->
        [one] ein Eintrag
       *[other] { $size } Einträge
    }, Stand { $time }
status-entry = Eintrag
batch-standing-valid = gültig
batch-standing-void = ungültig geworden
batch-standing-uncounted = zählt nicht im Register
batch-standing-missing = fehlt im Register
batch-standing-open = angefangen
status-revoked = { $count ->
        [one] Ein Zeugnis hat die Schule zurückgezogen.
       *[other] { $count } Zeugnisse hat die Schule zurückgezogen.
    }
status-revoked-by-authority = { $count ->
        [one] Ein Zeugnis hat das Ministerium zurückgezogen.
       *[other] { $count } Zeugnisse hat das Ministerium zurückgezogen.
    }
status-replaced = { $count ->
        [one] Ein Zeugnis ist ersetzt.
       *[other] { $count } Zeugnisse sind ersetzt.
    }
status-void = { $count ->
        [one] Bei einem Zeugnis ist die Rücknahme ungeklärt.
       *[other] Bei { $count } Zeugnissen ist die Rücknahme ungeklärt.
    }
status-unfinished = { $count ->
        [one] Etwas ist angefangen und nicht zu Ende: „issuer resume“ bringt es zu Ende.
       *[other] { $count } Dinge sind angefangen und nicht zu Ende: „issuer resume“ bringt sie zu Ende.
    }
status-in-order = Alles in Ordnung: Im Register steht nichts unter dem Namen der Schule, was nicht von ihr ist.
status-alarms = { $count ->
        [one] WARNUNG:
       *[other] { $count } WARNUNGEN:
    }
alarm-unknown-statement = Register-Eintrag { $index } vom { $time } ({ $kind }) trägt den Namen der Schule, steht aber nicht in ihrem Zeugnisverzeichnis.
    .hint = War es ein Kollege mit einem eigenen Zeugnisverzeichnis? Dann: issuer status --accept { $index }. Sonst hat jemand den Schlüssel der Schule.
alarm-unknown-key = Register-Eintrag { $index } vom { $time } lässt die Schule mit einem Schlüssel zu, den ihr Zeugnisverzeichnis nicht kennt.
    .hint = Haben Sie selbst diesen Schlüssel beantragt? Dann: issuer status --accept { $index }. Sonst rufen Sie das Ministerium an.
alarm-missing-batch = Die Versiegelung { $number } fehlt im Register.
    .hint = Wurde ein anderes oder älteres Register eingespielt? Fragen Sie, wer das Register betreibt; versiegeln Sie bis dahin nichts.
alarm-missing-statement = Eine Erklärung der Schule ({ $kind }) fehlt im Register.
    .hint = Wurde ein anderes oder älteres Register eingespielt? Fragen Sie, wer das Register betreibt; versiegeln Sie bis dahin nichts.
alarm-uncounted-batch = Die Versiegelung { $number } steht im Register (Eintrag { $index }), zählt dort aber nicht: { $reason } (Code: { $code }). Ihre Zeugnisse gelten nicht.
    .hint = Es fehlt nichts: Der Vertrauensordner lässt die Zulassung nicht gelten, unter der versiegelt wurde. Ist er veraltet, so lassen Sie sich von { $ministry } den aktuellen geben. Ist er es nicht, so brauchen Sie eine neue Zulassung; danach versiegeln Sie diese Zeugnisse noch einmal („issuer issue --again“).
alarm-uncounted-statement = Eine Erklärung der Schule ({ $kind }) steht im Register (Eintrag { $index }), zählt dort aber nicht: { $reason } (Code: { $code }).
    .hint = Es fehlt nichts: Der Vertrauensordner lässt die Zulassung nicht gelten, unter der das erklärt wurde. Ist er veraltet, so lassen Sie sich von { $ministry } den aktuellen geben. Ist er es nicht, so brauchen Sie eine neue Zulassung; danach wiederholen Sie die Erklärung.
alarm-revocation-void = { $count ->
        [one] Ein Zeugnis hat jemand mit einem gestohlenen Schlüssel zurückgezogen. Ob es gilt, lässt sich nicht entscheiden.
       *[other] { $count } Zeugnisse hat jemand mit einem gestohlenen Schlüssel zurückgezogen. Ob sie gelten, lässt sich nicht entscheiden.
    }
    .hint = „issuer list NUMMER“ zeigt, welche. War es falsch, so versiegeln Sie das Dokument noch einmal („issuer issue --again“) und geben die neue Datei aus. War es richtig, so ziehen Sie das Zeugnis selbst zurück („issuer revoke“).
alarm-void = Eigene Erklärungen sind ungültig geworden, weil der Schlüssel als gestohlen gemeldet ist.
    .hint = „issuer endorse“ bestätigt sie mit dem neuen Schlüssel.
alarm-suspended = Die Schule ist gesperrt und kann zurzeit nichts erklären.
    .hint = Fragen Sie Ihr Ministerium.
alarm-compromised = Der Schlüssel der Schule ist als gestohlen gemeldet, und sie hat noch keinen neuen.
    .hint = Legen Sie mit „issuer init“ in einem neuen Ordner einen neuen an, und beantragen Sie die Zulassung.
status-tell-ministry = Ist etwas davon von keinem Ihrer Kollegen, so rufen Sie sofort { $ministry } an und nennen den ersten fremden Eintrag. Von da an wird der Schlüssel ungültig gemacht: anchor compromise --from-index { $index }
status-accepted = Register-Eintrag { $index } ist als der eines Kollegen vermerkt.
status-not-an-alarm = Vor dem Register-Eintrag { $index } wird nicht gewarnt.
    .hint = „issuer status“ zeigt, wovor gewarnt wird.
statement-kind-accredit = Zulassung
statement-kind-batch = Versiegelung
statement-kind-revoke = Rücknahme
statement-kind-replace = Ersetzung
statement-kind-rotate = Wechsel des Schlüssels

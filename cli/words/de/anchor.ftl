# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The anchor program. What every program says of ledgers stands in ledger.ftl.

## Help.

help-anchor =
    Führt ein Register und lässt Schulen zu.

    Ein Register ist eine Liste von Erklärungen, an die nur angehängt wird: Ministerien lassen Schulen zu, Schulen
    stellen Zeugnisse aus. Namen und Noten von Schülerinnen und Schülern stehen nicht darin.
    .example =
        anchor init --dir register --origin register.example
        anchor log --ledger register
    .passphrase-file = Datei mit der Passphrase des Schlüssels
help-anchor-init =
    Legt ein neues Register an.

    Im Ordner liegen danach die Datenbank, zwei private Schlüssel und der veröffentlichte Stand. Der Ordner muss auf
    einer Festplatte dieses Rechners liegen und gehört in die Datensicherung. Mit „--ledger“ kommen die Einträge in eine
    Datenbank, und im Ordner liegen nur die beiden Schlüssel.
    .dir = Ordner des neuen Registers; er darf noch nichts enthalten
    .ledger = Datenbank für die Einträge: postgres://benutzer@rechner/datenbank
    .origin = Name des Registers; er steht in jeder Erklärung und bleibt für immer
    .authorities = Datei mit Ministerien, deren Erklärungen das Register annimmt
    .example =
        anchor init --dir register --origin register.example
        anchor init --dir k --origin register.example --ledger postgres://db.example/r
help-anchor-init-authority =
    Legt Schlüssel und Ordner eines Ministeriums an.

    Der Rechner braucht keine Verbindung zum Register. Mit dem Schlüssel lässt das Ministerium Schulen zu; sein
    Fingerabdruck muss allen, die Zeugnisse prüfen, auf sicherem Weg bekannt werden.
    .dir = Ordner des Ministeriums
    .name = Name, unter dem das Ministerium unterschreibt
    .state = Land als amtlicher Schlüssel von 01 bis 16
    .origin = Name des Registers, für das die Erklärungen sind
    .ledger = Ordner des Registers, wenn es hier liegt: trägt das Ministerium gleich ein
    .no-passphrase = Die Schlüsseldatei nicht verschlüsseln: wer sie lesen kann, kann unterschreiben
    .token-module = PKCS#11-Modul eines Tokens (Datei des Herstellers): der Schlüssel entsteht im Token
    .token = Name des Tokens
    .token-key = Name des Schlüssels im Token; sonst der Name, unter dem unterschrieben wird
    .example =
        anchor init-authority --dir km --name km --state 07 --origin register.example
help-anchor-accredit =
    Lässt eine Schule zu, oder alle einer Liste: zeigt die Anträge und unterschreibt sie.

    Mit „--ledger“ wird jede Zulassung erst am Register geprüft, dann unterschrieben, aufbewahrt und eingereicht. Mit
    „--out“ braucht es kein Register; die fertige Zulassung wird danach mit „anchor submit“ eingereicht. Eine Liste (CSV
    in UTF-8, mit ; oder ,) nennt in der ersten Zeile die Spalten: antrag (Datei, vom Ordner der Liste aus) und, wenn
    gewünscht, arten, von, bis; weitere werden übergangen. Unterschrieben wird erst, wenn alle Zeilen stimmen; wer schon
    so zugelassen ist, wird übergangen.
    .request = Antrag der Schule
    .csv = Liste mit Anträgen
    .out = Ohne Register: Datei für die unterschriebene Zulassung, oder ein vorhandener Ordner; nie wird etwas überschrieben
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .origin = { ministry-help.origin }
    .authority = { ministry-help.authority }
    .kinds = Erlaubte Zeugnisarten, durch Komma getrennt, oder * für alle; sonst die beantragten
    .from = Erster Tag der Zulassung (JJJJ-MM-TT, UTC); sonst sofort
    .until = Tag, ab dem sie nicht mehr gilt (JJJJ-MM-TT, UTC); sonst nach fünf Jahren
    .yes = Ohne Rückfrage unterschreiben
    .example =
        anchor accredit schule.antrag --authority km --ledger register
        anchor accredit schule.antrag --out schule.zulassung --authority km
        anchor accredit --csv schulen.csv --ledger register --until 2031-08-01
        anchor accredit schule.antrag --out schule.zulassung --until 2031-08-01
help-anchor-passphrase =
    Gibt dem Schlüssel eines Ministeriums eine neue Passphrase, oder seinem Token eine neue PIN.

    Die alte kommt aus „--passphrase-file“, sonst aus der Datei in $SCHULSIEGEL_PASSPHRASE_FILE, sonst aus
    $SCHULSIEGEL_PASSPHRASE, sonst aus „passphrase_file“ in „authority.toml“; sonst wird am Terminal gefragt.
    Sicherungen der Schlüsseldatei behalten die alte.
    .authority = Ordner des Ministeriums
    .new-passphrase-file = Datei mit der neuen Passphrase; sonst wird gefragt
    .no-passphrase = Die Schlüsseldatei entschlüsseln: wer sie lesen kann, kann unterschreiben
    .example =
        anchor passphrase --authority km
        anchor passphrase --passphrase-file alt --new-passphrase-file neu
help-anchor-submit =
    Reicht unterschriebene Erklärungen beim Register ein.

    Mehrere werden in der Reihenfolge eingereicht, in der sie genannt sind; die erste, die nicht angenommen wird, hält die
    weiteren auf. Dieselbe Erklärung noch einmal eingereicht bekommt dieselbe Antwort. Exit-Code 1: nicht angenommen; 2: es ist nicht
    bekannt, ob sie im Register steht.
    .file = Dateien mit je einer Erklärung
    .ledger = Ordner oder Adresse des Registers; sonst $SCHULSIEGEL_LEDGER, sonst der aktuelle Ordner
    .example =
        anchor submit schule.zulassung --ledger register
help-anchor-refresh =
    Bestätigt den Stand des Registers mit der jetzigen Uhrzeit.

    Wer Zeugnisse prüft, verlangt einen frischen Stand. Lassen Sie diesen Befehl täglich laufen, auch wenn nichts Neues
    eingetragen wird.
    .ledger = Ordner oder Datenbank des Registers; sonst $SCHULSIEGEL_LEDGER, sonst der aktuelle Ordner
    .keys = Ordner mit den Schlüsseln, wenn das Register in einer Datenbank liegt; sonst $SCHULSIEGEL_KEYS
    .example =
        anchor refresh --ledger register
help-anchor-serve =
    Bietet ein Register über HTTP an: Schulen, Ministerien und allen, die prüfen.

    Einstellungen kommen aus der Datei, dann aus der Umgebung (SCHULSIEGEL_LISTEN und so weiter), dann von der
    Befehlszeile. Die Verbindung nach außen sichert ein Reverse-Proxy davor. Strg-C oder SIGTERM beenden geordnet.
    Rückgabewert 0: beendet; 1: Das Register ist beschädigt; 2: Unbekannt ist, ob eine Erklärung eingetragen wurde.
    .ledger = Ordner oder Datenbank des Registers; sonst wie eingestellt
    .keys = Ordner mit den Schlüsseln, wenn das Register in einer Datenbank liegt; sonst wie eingestellt
    .listen = Rechner und Port, an dem gelauscht wird, etwa 127.0.0.1:8440
    .config = Datei mit den Einstellungen
    .print-config = Die Einstellungen als Datei ausgeben und sonst nichts tun
    .example =
        anchor serve --ledger register --listen 127.0.0.1:8440
        anchor serve --ledger postgres://db.example/register --keys schluessel
        anchor serve --print-config
help-anchor-log =
    Zeigt die Erklärungen im Register und welche davon gelten.

    Mit „--json“ je Zeile ein Objekt mit den Schlüsseln index, admitted, type, issuer, seq, time, counted, refusal,
    school, key, name, number, place, state, kinds, from, until, kind, size, root, reason, certificates, successors,
    from_index, version und note; was nicht zutrifft, ist null.
    .ledger = Ordner oder Adresse des Registers; sonst $SCHULSIEGEL_LEDGER, sonst der aktuelle Ordner
    .trust = Vertrauensordner, der sagt, wem zu glauben ist; nötig, wenn das Register unter einer Adresse liegt
    .json = Ausgabe für Programme: JSON, eine Zeile je Erklärung
    .example =
        anchor log --ledger register
        anchor log --ledger register --json
help-anchor-fsck =
    Prüft ein Register vollständig und ändert nichts.

    Liest jede Erklärung und vergleicht alles mit dem veröffentlichten Stand. Exit-Code 0: alles in Ordnung; 1: etwas
    ist nicht in Ordnung. Mit „--json“ ein Objekt mit clean, entries, root, uncounted und findings.
    .ledger = Ordner oder Datenbank des Registers; sonst $SCHULSIEGEL_LEDGER, sonst der aktuelle Ordner
    .json = Ausgabe für Programme: JSON
    .example =
        anchor fsck --ledger register
help-anchor-trust =
    Schreibt den Vertrauensordner für Schulen und alle, die prüfen.

    Darin stehen die Schlüssel, denen vertraut wird, und wo das Register liegt. Geben Sie ihn auf einem Weg weiter, auf
    dem ihn niemand austauschen kann. Wer Register und Vertrauensordner gemeinsam verschiebt, ändert nichts daran.
    .out = Ordner, der geschrieben wird; ein vorhandener desselben Registers wird erneuert
    .ledger = Ordner des Registers; sonst $SCHULSIEGEL_LEDGER, sonst der aktuelle Ordner
    .place = Adresse, unter der das Register denen angeboten wird, die den Ordner bekommen, etwa https://register.example; sonst der Ordner selbst
    .max-age = Wie alt der Stand des Registers beim Prüfen sein darf, etwa 36h oder 7d; sonst wie bisher oder 7d
    .example =
        anchor trust --out vertrauen --ledger register
        anchor trust --out vertrauen --ledger register --max-age 36h

## What is typed.

anchor-which-ledger = Welches Register ist gemeint?
    .hint = Geben Sie „--ledger ORDNER“ an, setzen Sie SCHULSIEGEL_LEDGER, oder wechseln Sie in den Ordner des Registers.
anchor-unknown-place = Mit „{ $place }“ kann diese Version als Ort eines Registers nichts anfangen.
    .hint = Nennen Sie den Ordner, in dem das Register liegt, oder eine Adresse: https://…, http://… oder postgres://…
anchor-only-folder = „{ $place }“ ist die Adresse eines Dienstes: Das geht nur beim Register selbst.
    .hint = Geben Sie den Befehl auf dem Rechner, auf dem der Ordner des Registers liegt, und nennen Sie den Ordner; oder nennen Sie die Datenbank.
anchor-file-too-large = „{ $path }“ ist zu groß: Gelesen werden höchstens { $cap } Bytes.
    .hint = Prüfen Sie, ob es die richtige Datei ist.
anchor-bad-name = erlaubt sind bis zu 100 Kleinbuchstaben, Ziffern, Punkte, Schrägstriche und Bindestriche
anchor-bad-land = erlaubt sind die amtlichen Schlüssel 01 bis 16
anchor-bad-kinds = Zeugnisarten bestehen aus Kleinbuchstaben, Ziffern und Bindestrichen und werden durch Komma getrennt
anchor-bad-date = ein Tag wird als JJJJ-MM-TT geschrieben
anchor-no-runtime = Das Programm kann nicht anfangen zu arbeiten: { $reason }
    .hint = Vermutlich hat der Rechner zu wenig Speicher oder zu viele offene Programme.

## init

init-done = Das Register „{ $origin }“ ist angelegt: { $folder }
init-unnamed-folder = „{ $folder }“ ist kein Name für einen neuen Ordner.
    .hint = Nennen Sie den Ordner beim Namen, zum Beispiel „--dir register“.
init-done-database = Das Register „{ $origin }“ ist angelegt: { $place }. Seine Schlüssel liegen in: { $folder }
init-bad-address = Das ist nicht die Adresse einer Datenbank.
    .hint = Sie hat die Form postgres://benutzer@rechner:port/datenbank. Das Kennwort steht besser in der Kennwortdatei von PostgreSQL.
init-hand-out-keys = Sichern Sie den Ordner, und geben Sie ihn jedem Rechner, auf dem „anchor serve“ laufen soll. „ledger.key“ und „time.key“ darf niemand sonst bekommen.
init-keep-keys = Sichern Sie den Ordner. „ledger.key“ und „time.key“ darf niemand sonst bekommen.
init-next-authority =
    Als Nächstes das Ministerium einrichten, das Schulen zulässt:
      anchor init-authority --dir ORDNER --name NAME --state LAND --origin { $origin } --ledger { $place }
init-next-trust =
    Danach den Vertrauensordner schreiben und an Schulen und Prüfende geben:
      anchor trust --out ORDNER --ledger { $place }

## init-authority

init-authority-done = Das Ministerium „{ $name }“ ({ $land }) ist eingerichtet: { $folder }
key-fingerprint = Fingerabdruck des Schlüssels: { $fingerprint }
init-authority-line = Diese Zeile gehört in die Datei „authorities“ des Registers und der Vertrauensordner:
init-authority-pinned = Im Register eingetragen: { $folder }. Schreiben Sie jetzt den Vertrauensordner mit „anchor trust“ neu.
init-authority-hand-over = Geben Sie die Zeile dem Betreiber des Registers „{ $origin }“ und lassen Sie ihn den Fingerabdruck am Telefon vergleichen.
init-authority-other-ledger = In „{ $folder }“ liegt das Register „{ $got }“, nicht „{ $wanted }“.
    .hint = „--origin“ muss der Name des Registers sein, für das das Ministerium unterschreibt.

## accredit

accredit-which-authority = Welches Ministerium unterschreibt?
    .hint = Geben Sie „--authority ORDNER“ an, setzen Sie SCHULSIEGEL_AUTHORITY, oder wechseln Sie in den Ordner des Ministeriums.
accredit-no-request = „{ $path }“ ist kein Antrag einer Schule ({ $text }).
    .hint = Den Antrag erstellt die Schule mit „issuer init“. Lassen Sie sich die Datei unverändert schicken.
accredit-request-forged = Der Antrag „{ $path }“ ist nicht mit dem Schlüssel unterschrieben, den er nennt.
    .hint = Er wurde verändert oder stammt nicht von der Schule. Fragen Sie dort nach.
accredit-empty-period = Die Zulassung würde enden ({ $until }), bevor sie beginnt ({ $from }).
    .hint = Prüfen Sie „--from“ und „--until“.
accredit-request =
    Antrag auf Zulassung
      Schule:         { $name }
      Schulnummer:    { $number }
      Ort:            { $place }
      Land:           { $land }
      Zeugnisarten:   { $kinds }
      Gültig ab:      { $from }
      Gültig bis:     { $until }
      Schlüsselname:  { $school }
      Fingerabdruck:  { $fingerprint }
      Beantragt:      { $time }
accredit-is-new = Neu: { $ledger } kennt diese Schule noch nicht.
accredit-extends = Verlängerung: Auf { $ledger } ist die Schule mit diesem Schlüssel bis { $until } zugelassen; die neue Zulassung tritt sofort an diese Stelle.
accredit-other-key = ANDERER SCHLÜSSEL: Auf { $ledger } hat die Schule den Schlüssel mit dem Fingerabdruck { $fingerprint }. Er gilt danach nicht mehr.
accredit-changes-kinds = ANDERE ZEUGNISARTEN: bisher { $before }, künftig { $after }. „--kinds“ bestimmt sie.
accredit-changes-school = ANDERE ANGABEN: bisher { $name }, { $place }, Schulnummer { $number }.
accredit-unseen = Ohne das Register ist das nur aus den eigenen Erklärungen geschlossen; ob die Schule ihren Schlüssel gewechselt hat, steht dort nicht.
accredit-other-kinds = Beantragt waren andere Zeugnisarten: { $kinds }
accredit-all-kinds = alle
accredit-question = Haben Sie die Angaben geprüft und den Fingerabdruck mit der Schule verglichen? Jetzt unterschreiben?
accredit-declined = Es wurde nichts unterschrieben.
accredit-not-written = Die Erklärung ist unterschrieben, aber „{ $path }“ lässt sich nicht schreiben: { $reason }
    .hint = Sie liegt in „{ $kept }“. Geben Sie diese Datei weiter; unterschreiben Sie nicht noch einmal.
accredit-done =
    Unterschrieben: { $path } (aufbewahrt als { $kept })
    Als Nächstes beim Register einreichen: anchor submit { $path }

## submit, refresh

submit-done = Angenommen: Platz { $index } im Register, { $time }.
refresh-done = Der Stand des Registers ist bestätigt: { $time }.

## log

column-index = Platz
column-admitted = Aufgenommen
column-type = Art
column-issuer = Von
column-seq = Nummer
column-what = Worum es geht
column-counts = Gilt
log-empty = Das Register hat noch keine Einträge.
log-counts = ja
log-counts-not = nein: { $reason }
log-unknown-type = unbekannt
type-accredit = Zulassung
type-batch = Versiegelung
type-revoke = Rücknahme
type-replace = Ersatz
type-suspend = Sperre
type-resume = Entsperrung
type-rotate = Schlüsselwechsel
type-compromise = Schlüssel in fremden Händen
type-uphold = Bestätigung einer Rücknahme
type-require = Mindestversion

## fsck

fsck-entries = { $count ->
        [0] Das Register hat keine Einträge.
        [one] Ein Eintrag geprüft, Wurzel { $root }
       *[other] { $count } Einträge geprüft, Wurzel { $root }
    }
fsck-uncounted = Platz { $index } gilt nicht, denn { $reason } (Code: { $code }). Das ist kein Schaden.
fsck-clean = Das Register ist in Ordnung.
fsck-not-clean = { $count ->
        [one] Das Register ist nicht in Ordnung:
       *[other] Das Register ist nicht in Ordnung, { $count } Befunde:
    }
    .hint = Solange nicht klar ist, woher das kommt, ändern Sie nichts im Ordner des Registers und heben Sie eine Kopie davon auf.
finding-database = Die Datenbank ist beschädigt ({ $text }). Stellen Sie die neueste unversehrte Sicherung wieder her.
finding-entry = Ein Eintrag ist beschädigt ({ $text }). Stellen Sie die neueste unversehrte Sicherung wieder her.
finding-bad-checkpoint = Der veröffentlichte Stand (Dateien „checkpoint“ und „policy“) fehlt, ist beschädigt oder von einem fremden Schlüssel unterschrieben.
finding-rolled-back = Es fehlen Einträge: { $got } sind da, { $wanted } waren veröffentlicht. Meist wurde eine ältere Sicherung eingespielt; holen Sie die neueste „ledger.db“ zurück.
finding-older-than-seen = Das Register ist älter, als es hier schon einmal war: { $got } Einträge sind da, { $wanted } wurden gesehen. Eine Sicherung darf das sein; ein Register in Gebrauch nicht: Holen Sie den neuesten Stand zurück.
finding-forked = Die Einträge sind nicht die, die veröffentlicht wurden. Holen Sie die „ledger.db“ zurück, die zur Datei „checkpoint“ gehört.
finding-unpublished = { $count ->
        [one] Ein Eintrag ist
       *[other] { $count } Einträge sind
    } aufgenommen, aber noch nicht veröffentlicht: Das Register wurde dabei unterbrochen. „anchor refresh“ holt das nach.
finding-schema = Jemand hat Tabellen oder Schutzregeln der Datenbank verändert. Stellen Sie die neueste unversehrte Sicherung wieder her.
finding-no-time = Der veröffentlichte Stand trägt keine gültige Uhrzeit. Prüfen Sie die Uhr dieses Rechners; „anchor refresh“ bestätigt ihn neu.

## trust

trust-done = Der Vertrauensordner ist geschrieben: { $folder } (ein Stand darf höchstens { $age } alt sein)
trust-key = { $what }: { $name }, Fingerabdruck { $fingerprint }
trust-key-log = Register
trust-key-witness = Zeuge der Uhrzeit
trust-key-authority = Ministerium ({ $land }; gilt { $window })
trust-next = Wer Zeugnisse prüft, übernimmt ihn mit „verifier trust add { $folder }“ und vergleicht die Fingerabdrücke mit Ihnen auf einem anderen Weg.
trust-bad-address = nötig ist eine Adresse wie https://register.example
trust-of-another-ledger = In „{ $folder }“ liegt ein Vertrauensordner mit anderen Schlüsseln. Er wird nicht überschrieben.
    .hint = Nennen Sie mit „--out“ einen neuen Ordner.
trust-unwritable-place = Der Ort „{ $path }“ lässt sich nicht in den Vertrauensordner schreiben.
    .hint = Verlegen Sie das Register in einen Ordner, dessen Name keine Sonderzeichen hat.
trust-bad-age = möglich sind Minuten, Stunden und Tage wie 90m, 36h oder 7d

## serve

serve-listening = Das Register „{ $origin }“ wird unter { $address } angeboten.
serve-stopped = Beendet.
serve-bad-file = Die Einstellungen sind nicht zu gebrauchen: { $text }
    .hint = „anchor serve --print-config“ zeigt alle Einstellungen und was sie bedeuten.
serve-bad-variable = „{ $value }“ ist kein Wert für { $name }.
    .hint = „anchor serve --print-config“ zeigt alle Einstellungen und was sie bedeuten.
serve-cannot-listen = An „{ $address }“ kann nicht gelauscht werden: { $reason }
    .hint = Prüfen Sie Rechner und Port; vielleicht hat ein anderes Programm den Port.
serve-outcome-unknown = Die Platte hat versagt, während Erklärungen eingetragen wurden. Unbekannt ist, ob sie im Register stehen ({ $text }).
    .hint = Prüfen Sie die Platte und starten Sie neu: Das Register findet es selbst heraus.

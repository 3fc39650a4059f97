# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Was ein Ministerium mit „anchor“ erklärt, und was beim Beobachten eines Registers zu lesen ist.

## Hilfe. Was alle diese Befehle gemeinsam haben, steht nur einmal hier.

ministry-help = Gemeinsames
    .authority = Ordner des Ministeriums; sonst $SCHULSIEGEL_AUTHORITY, sonst der aktuelle Ordner
    .ledger = Ordner oder Adresse eines Registers; mehrmals möglich; sonst $SCHULSIEGEL_LEDGER
    .trust = Vertrauensordner, der sagt, wem zu glauben ist; nötig, wenn das Register unter einer Adresse liegt
    .out = Ohne Register: Datei für die unterschriebene Erklärung, oder ein vorhandener Ordner für mehrere
    .origin = Mit „--out“, wenn das Ministerium mehreren Registern dient: für welches
    .yes = Ohne Rückfrage unterschreiben
    .one-ledger = Ordner des Registers; sonst $SCHULSIEGEL_LEDGER, sonst der aktuelle Ordner

help-anchor-add-ledger =
    Lässt das Ministerium einem weiteren Register dienen, mit demselben Schlüssel.

    Jedes Register hat seine eigene Folge von Erklärungen; sie liegen in einem Unterordner von „statements“.
    .origin = Name des weiteren Registers
    .authority = { ministry-help.authority }
    .ledger = Ordner dieses Registers, wenn es hier liegt: trägt das Ministerium gleich ein
    .example =
        anchor add-ledger register2.example --authority km --ledger register2
help-anchor-suspend =
    Sperrt eine Schule: Sie kann vorerst nichts mehr erklären.

    Gilt für alle Register, in denen die Schule zugelassen ist. Was sie vorher ausgestellt hat, bleibt gültig; beim
    Prüfen steht die Sperre daneben. Eine neue Zulassung hebt sie nicht auf, nur „anchor resume“. Exit-Code 1: Nicht auf
    jedem Register angekommen.
    .school = Schlüsselname der Schule; „anchor schools“ zeigt ihn
    .reason = Grund als ein Wort aus Kleinbuchstaben, Ziffern und Bindestrichen; steht öffentlich im Register
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor suspend schule/07/12345 --reason ermittlung --ledger register
        anchor suspend schule/07/12345 --reason ermittlung --out sperre.note
help-anchor-resume =
    Hebt die Sperre einer Schule auf.
    .school = Schlüsselname der Schule; „anchor schools“ zeigt ihn
    .reason = Grund als ein Wort aus Kleinbuchstaben, Ziffern und Bindestrichen; steht öffentlich im Register
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor resume schule/07/12345 --reason geklaert --ledger register
help-anchor-compromise =
    Erklärt, dass ein Schlüssel von einem Platz im Register an in fremden Händen war.

    Was mit ihm von da an erklärt wurde, gilt nicht mehr, ebenso alles unter Schlüsseln, zu denen damit gewechselt wurde.
    Zeigt vorher, was das ist. Die Schule braucht danach einen neuen Schlüssel und eine neue Zulassung; ehrliche
    Versiegelungen kann sie damit noch einmal bestätigen, ehrliche Rücknahmen bestätigt „anchor uphold“. Gilt für alle
    Register, in denen die Schule zugelassen ist; „--from-index“ zählt nur in einem.
    .key = Der Schlüssel (wie ihn „anchor schools --json“ zeigt), oder der Name der Schule: dann ihr jetziger
    .from-index = Erster Platz im Register, dem nicht mehr zu trauen ist
    .from = Stattdessen der Tag (JJJJ-MM-TT, UTC): ab dem ersten Eintrag dieses Tages, in jedem Register für sich
    .withdrawals = Datei für die Kennungen der Zeugnisse, deren Rücknahme ungültig wird; zu prüfen für „anchor uphold“
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor compromise schule/07/12345 --from-index 4711 --ledger register
        anchor compromise schule/07/12345 --from 2026-11-02 --ledger register
help-anchor-uphold =
    Bestätigt Rücknahmen, die richtig waren, obwohl sie mit einem gestohlenen Schlüssel erklärt wurden.

    Ohne Bestätigung ist ein solches Zeugnis nicht entscheidbar. Mehr als 1000 Kennungen werden auf mehrere Erklärungen
    verteilt.
    .ids = Kennungen der Zeugnisse (64 Zeichen)
    .from-file = Datei mit einer Kennung je Zeile; was auf # folgt, ist Bemerkung
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor uphold --from-file kennungen.txt --ledger register
help-anchor-revoke =
    Zieht Zeugnisse von Schulen des Landes zurück.

    Das Register sieht nicht, wem eine Kennung gehört: Unterschrieben wird, was hier steht. Das lässt sich
    nicht rückgängig machen. Mehr als 1000 Kennungen werden auf mehrere Erklärungen verteilt.
    .ids = Kennungen der Zeugnisse (64 Zeichen)
    .from-file = Datei mit einer Kennung je Zeile; was auf # folgt, ist Bemerkung
    .reason = Warum: irrtümlich ausgestellt, Abschluss aberkannt, Urkunde verloren, anderes
    .authority = { ministry-help.authority }
    .ledger = { ministry-help.ledger }
    .trust = { ministry-help.trust }
    .out = { ministry-help.out }
    .origin = { ministry-help.origin }
    .yes = { ministry-help.yes }
    .example =
        anchor revoke --from-file kennungen.txt --reason other --ledger register
help-anchor-retract =
    Legt Erklärungen beiseite, die das Register abgelehnt hat und nie annehmen wird.

    Jede Erklärung setzt die vorige fort; eine abgelehnte hielte alle weiteren auf. Mit „--ledger“ alle ab der ersten, die
    dieses Register ablehnt; ohne nur die letzte. Was im Register steht, wird nie beiseitegelegt. Die Dateien werden
    umbenannt, nicht gelöscht.
    .authority = { ministry-help.authority }
    .ledger = Ordner des Registers, wenn es hier liegt
    .trust = { ministry-help.trust }
    .origin = Ohne Register, wenn das Ministerium mehreren dient: für welches die Erklärung war
    .yes = Ohne Rückfrage
    .example =
        anchor retract --authority km --ledger register
        anchor retract --authority km
help-anchor-schools =
    Zeigt, wer zugelassen ist, wofür und seit wann.

    Mit „--json“ je Zulassung eine Zeile mit den Schlüsseln state, school, name, number, place, kinds, from, until, index,
    accredited, closed, status, suspended, suspended_because, key, fingerprint, rotations, batches und void_batches.
    .ledger = { ministry-help.one-ledger }
    .trust = { ministry-help.trust }
    .land = Nur dieses Land (amtlicher Schlüssel 01 bis 16)
    .all = Auch Zulassungen, die durch eine neue abgelöst sind
    .json = Ausgabe für Programme: JSON, eine Zeile je Zulassung
    .example =
        anchor schools --ledger register --land 07
        anchor schools --ledger register --all --json
help-anchor-watch =
    Beobachtet ein Register und meldet jede Erklärung.

    Eine Schule sieht mit „--school“, was unter ihrem Namen und über sie erklärt wird, auch was nicht gilt; ein
    Ministerium sieht alles. Rücknahmen durch ein Ministerium nennen nur Kennungen und erscheinen nur ohne „--school“.
    Mit „--webhook“ geht jede Meldung als JSON an einen Webdienst, so lange, bis er sie mit 2xx annimmt; nach einem
    Abbruch kann eine doppelt kommen. Die Schlüssel sind event (statement, alarm, recovered), ledger und die von
    „anchor log --json“; bei alarm und recovered ledger, code und time. Ein Register, das nicht lesbar ist oder anderes
    zeigt als früher, wird einmal gemeldet und weiter beobachtet. Ende mit Strg-C.
    .ledger = { ministry-help.one-ledger }
    .trust = { ministry-help.trust }
    .school = Nur was unter diesem Schlüsselnamen oder über ihn erklärt wird
    .since = Erster Platz, der gemeldet wird; gilt nicht mehr, sobald „--state“ weiter ist
    .state = Datei, die sich merkt, bis wohin gemeldet ist
    .webhook = Adresse eines Webdienstes (http oder https), dem jede Meldung geschickt wird
    .interval = Sekunden zwischen zwei Blicken ins Register
    .once = Nur einmal nachsehen; Exit-Code 1 bei einem Alarm, 2, wenn der Webdienst nicht annimmt
    .json = Ausgabe für Programme: JSON, eine Zeile je Meldung
    .example =
        anchor watch --ledger register
        anchor watch --school schule/07/1 --state stand --webhook https://example.org

## Register und Ordner, die nicht zusammenpassen.

desk-statements-missing = Im Register stehen { $wanted } Erklärungen dieses Ministeriums, im Ordner liegen nur { $got }.
    .hint = Holen Sie den Ordner „statements“ aus der neuesten Sicherung zurück. Unterschriebe das Ministerium jetzt, nähme das Register es nicht an.
desk-other-statement = „{ $path }“ ist nicht die Erklärung, die mit dieser Nummer im Register steht.
    .hint = Vielleicht unterschreibt noch ein anderer Rechner mit diesem Schlüssel. Führen Sie nur einen Ordner, und holen Sie ihn aus der Sicherung zurück.
desk-blocked = Eine frühere Erklärung steht im Weg: „{ $path }“ nimmt das Register nicht an, denn { $reason } (Code: { $code }).
    .hint = „anchor retract --ledger ORDNER“ legt sie beiseite, wenn sie niemand mehr braucht.
desk-refused = Das Register würde die Erklärung nicht annehmen: { $reason } (Code: { $code }). Es wurde nichts unterschrieben.
    .hint = { $advice }
desk-kept = Aufbewahrt als { $path }; der nächste Befehl reicht sie zuerst ein.
ministry-overtaken = Inzwischen wurde eine andere Erklärung als „{ $path }“ aufbewahrt. Nichts wurde herausgegeben.
    .hint = Versuchen Sie es noch einmal.
ministry-not-served = Das Ministerium dient dem Register „{ $ledger }“ nicht.
    .hint = Mit „anchor add-ledger“ nehmen Sie es auf, wenn das so gemeint ist.

## Was allen Erklärungen gemeinsam ist.

errand-where = Wohin mit der Erklärung?
    .hint = Geben Sie „--ledger ORDNER“ an, wenn das Register hier liegt, sonst „--out DATEI“.
errand-which-origin = Für welches Register? Das Ministerium dient mehreren: { $names }
    .hint = Geben Sie mit „--origin“ eines davon an.
errand-ledger-twice = Dieses Register ist zweimal genannt.
errand-not-at-hand = Dieses Register war nicht genannt; dort ist es noch zu tun.
errand-out-folder = Es entstehen { $count } Erklärungen; „{ $path }“ ist kein Ordner.
    .hint = Legen Sie einen Ordner an und nennen Sie ihn mit „--out“.
errand-pending = Zuerst wird eingereicht, was schon unterschrieben ist: { $type }, { $path } ({ $ledger })
errand-unconcerned = { $ledger }: nichts zu tun, die Schule ist dort nicht zugelassen
errand-settled = { $ledger }: nichts zu tun, das gilt dort schon; es wurde nichts unterschrieben
errand-will-fail = { $ledger }: hier geht es nicht. { $reason }
errand-taken-in = { $ledger }: { $type } angenommen, Platz { $index }, { $time } (aufbewahrt als { $kept })
errand-not-everywhere = Auf { $count } von { $all } Registern ist das nicht geschehen:
    .hint = Beheben Sie die Ursache und wiederholen Sie den Befehl für diese Register.
errand-failed = { $ledger }: { $reason }
anchor-bad-token = ein Grund besteht aus bis zu 32 Kleinbuchstaben, Ziffern und Bindestrichen

concerned =
    Betroffene Schule
      Schule:         { $name }
      Schulnummer:    { $number }
      Ort:            { $place }
      Land:           { $land }
      Zeugnisarten:   { $kinds }
      Zulassung:      { $from } bis { $until }
      Schlüsselname:  { $school }
      Fingerabdruck:  { $fingerprint }
      Heute:          { $status }
concerned-unknown = Von „{ $school }“ ist hier nichts bekannt als der Schlüsselname. Prüfen Sie ihn.
kinds-shown = { $kinds }

## suspend, resume

suspend-reason = Grund: { $reason }
suspend-question = Diese Schule sperren?
resume-question = Die Sperre dieser Schule aufheben?

## compromise

compromise-on = { $ledger }: ungültig ab Platz { $index }
compromise-key = Fingerabdruck des gestohlenen Schlüssels: { $fingerprint }
compromise-effect = Ungültig werden { $batches ->
        [0] keine Versiegelung
        [one] eine Versiegelung
       *[other] { $batches } Versiegelungen
    }, { $withdrawals ->
        [0] keine Rücknahme
        [one] eine Rücknahme
       *[other] { $withdrawals } Rücknahmen
    } und { $rotations ->
        [0] kein Schlüsselwechsel
        [one] ein Schlüsselwechsel
       *[other] { $rotations } Schlüsselwechsel
    }.
compromise-present-key = Auch der jetzige Schlüssel der Schule wird ungültig: Sie braucht einen neuen und eine neue Zulassung.
compromise-effect-unknown = Was dadurch ungültig wird, lässt sich ohne das Register nicht sagen. Ob die Schule ihren Schlüssel gewechselt hat, auch nicht.
compromise-question = Das lässt sich nicht zurücknehmen. Jetzt erklären?
compromise-list-written = Kennungen der Zeugnisse, deren Rücknahme ungültig wird: { $path }. Was davon richtig war, bestätigt „anchor uphold --from-file“.
compromise-index-of-one = „--from-index“ zählt nur in einem Register.
    .hint = Nennen Sie mit „--from“ einen Tag, oder jedes Register mit seinem Platz für sich.
compromise-date-needs-ledger = Welcher Platz zu diesem Tag gehört, lässt sich ohne das Register nicht sagen.
    .hint = Geben Sie „--ledger“ an, oder den Platz mit „--from-index“; „anchor log“ zeigt ihn.
compromise-which-key = Seit Platz { $index } hatte die Schule mehr als einen Schlüssel. Welcher war in fremden Händen?
    .hint = Nennen Sie den Schlüssel anstelle des Namens. Wurde von ihm aus gewechselt, wird der Wechsel mit ungültig.
compromise-key-since = seit Platz { $index }: { $key }
compromise-bad-key = das ist weder ein Schlüssel noch der Schlüsselname einer Schule

## revoke, uphold

revoke-shown = { $count ->
        [one] Ein Zeugnis wird zurückgezogen
       *[other] { $count } Zeugnisse werden zurückgezogen
    }, Grund: { $reason }
uphold-shown = { $count ->
        [one] Die Rücknahme eines Zeugnisses wird bestätigt
       *[other] Die Rücknahme von { $count } Zeugnissen wird bestätigt
    }:
revoke-more = und { $count } weitere
revoke-ids-question = Das Register sieht nicht, wem eine Kennung gehört, und das lässt sich nicht rückgängig machen. Jetzt zurückziehen?
uphold-question = Haben Sie mit der Schule geprüft, dass diese Rücknahmen richtig waren? Jetzt bestätigen?
revoke-bad-id = eine Kennung hat 64 Zeichen, 0 bis 9 und a bis f
revoke-bad-line = Zeile { $line }: „{ $text }“ ist keine Kennung
revoke-bad-list = In „{ $path }“ { $count ->
        [one] ist eine Zeile
       *[other] sind { $count } Zeilen
    } falsch. Es wurde nichts unterschrieben.
    .hint = In jeder Zeile steht eine Kennung mit 64 Zeichen, 0 bis 9 und a bis f; was auf # folgt, ist Bemerkung.
revoke-empty-list = In „{ $path }“ steht keine Kennung.
    .hint = In jeder Zeile steht eine Kennung mit 64 Zeichen, 0 bis 9 und a bis f.

## accredit --csv

accredit-no-argument = Es fehlt der Antrag.
    .hint = Nennen Sie den Antrag einer Schule, oder mit „--csv“ eine Liste.
accredit-csv-not-utf8 = „{ $path }“ ist nicht in UTF-8 gespeichert.
    .hint = In Excel: „Speichern unter“, Dateityp „CSV UTF-8 (durch Trennzeichen getrennt)“.
accredit-csv-unreadable = „{ $path }“ lässt sich nicht als Tabelle lesen ({ $text }).
    .hint = Erste Zeile: antrag;arten;von;bis. Danach eine Zeile je Schule.
accredit-csv-no-column = In „{ $path }“ fehlt die Spalte „antrag“.
    .hint = Die erste Zeile nennt die Spalten: antrag;arten;von;bis. Nur „antrag“ muss sein.
accredit-csv-empty = In „{ $path }“ steht keine Schule.
    .hint = Nach der ersten Zeile folgt eine Zeile je Schule.
accredit-csv-bad = In „{ $path }“ { $count ->
        [one] stimmt eine Zeile
       *[other] stimmen { $count } Zeilen
    } nicht. Es wurde nichts unterschrieben:
    .hint = Berichtigen Sie diese Zeilen oder nehmen Sie sie heraus, und beginnen Sie von vorn.
accredit-csv-bad-row = Zeile { $line }: { $reason }
accredit-csv-twice = Dieselbe Schule steht schon in Zeile { $line }.
accredit-csv-no-request = Die Datei mit dem Antrag ist nicht genannt.
accredit-csv-bad-date = „{ $text }“ ist kein Tag; geschrieben wird JJJJ-MM-TT oder TT.MM.JJJJ.
accredit-csv-new = neu
accredit-csv-extends = Verlängerung
accredit-csv-kinds = Verlängerung, ANDERE ARTEN; bisher: { $before }
accredit-csv-other-key = ANDERER SCHLÜSSEL; bisher: { $fingerprint }
accredit-csv-done = schon zugelassen
accredit-csv-nothing = Alle diese Schulen sind schon so zugelassen. Es wurde nichts unterschrieben.
accredit-csv-question = Haben Sie die Angaben geprüft und jeden Fingerabdruck mit der Schule verglichen? Jetzt { $count ->
        [one] eine Zulassung
       *[other] { $count } Zulassungen
    } unterschreiben?
column-row = Zeile
column-school = Schule
column-place = Ort
column-kinds = Zeugnisarten
column-from = Ab
column-until = Bis
column-fingerprint = Fingerabdruck
column-plan = Vorgang
column-ledger = Register

## add-ledger

add-ledger-done = Das Ministerium dient jetzt auch dem Register „{ $origin }“: { $folder }
add-ledger-known = Das Ministerium dient dem Register „{ $origin }“ schon: { $folder }

## retract

retract-shown = { $path }: { $type }, { $time }, { $about }
retract-refused = Das Register lehnt ab: { $reason } (Code: { $code }). Was darauf aufbaut, ist mit betroffen.
retract-question = Beiseitelegen?
retract-question-acceptable = Das Register würde diese Erklärung annehmen. Wer sie schon hat, kann sie weiterhin einreichen; dann passt die nächste nicht mehr dazu. Trotzdem beiseitelegen?
retract-question-unseen = Nur wenn das Register diese Erklärung abgelehnt hat: Steht sie doch darin, nimmt es keine weitere mehr an. Beiseitelegen?
retract-declined = Es wurde nichts beiseitegelegt.
retract-nothing = Für dieses Register ist keine Erklärung aufbewahrt.
    .hint = Es ist nichts zu tun.
retract-on-ledger = Alle Erklärungen dieses Ministeriums stehen im Register. Was dort steht, bleibt.
    .hint = Es ist nichts zu tun.
retract-done = Beiseitegelegt: { $path }

## schools

schools-none = Hier ist keine Schule zugelassen.
schools-closed = abgelöst
schools-batches-void = { $all }, davon { $void } ungültig
column-state = Land
column-key-name = Schlüsselname
column-since = Seit
column-number = Schulnummer
column-status = Stand
column-batches = Versiegelungen

## watch

watch-statement = { $time }  Platz { $index }: { $type } von { $issuer }, { $about } – { $counts }
watch-counts = gilt
watch-counts-not = GILT NICHT, denn { $reason } (Code: { $code })
watch-alarm = ALARM (Code: { $code }): { $reason }
watch-recovered = Das Register ist wieder in Ordnung und setzt fort, was früher zu sehen war.
watch-bad-address = verlangt wird eine Adresse, die mit http:// oder https:// beginnt
watch-bad-interval = möglich sind 1 bis 86400 Sekunden
watch-bad-state = „{ $path }“ ist kein gemerkter Stand.
    .hint = Nennen Sie eine andere Datei. Ohne Stand wird von vorn gemeldet.
watch-state-of-another = „{ $path }“ gehört zu einer Beobachtung mit anderer „--school“.
    .hint = Jede Beobachtung braucht ihre eigene Datei.
watch-no-tls = Der Webdienst kann nicht angesprochen werden: { $reason }
    .hint = Prüfen Sie, ob dieser Rechner die üblichen Zertifikate (ca-certificates) hat.
watch-not-delivered = Der Webdienst hat eine Meldung nicht angenommen: { $reason }
    .hint = Wiederholen Sie den Befehl; gemeldet wird von dieser Stelle an.
watch-try-again = Der Webdienst hat nicht angenommen: { $reason }. Neuer Versuch in { $seconds ->
        [one] einer Sekunde
       *[other] { $seconds } Sekunden
    }.
webhook-status = { $host } antwortet mit Status { $status }
webhook-unreachable = { $host } ist nicht erreichbar: { $why ->
        [timeout] Es kam nicht rechtzeitig eine Antwort
        [connect] Die Verbindung kam nicht zustande; prüfen Sie Adresse, Netz und Zertifikat
       *[other] Die Übertragung brach ab
    } (Meldung des Systems: { $text })

## submit

submit-which = Nicht angenommen: { $path }; die Dateien danach sind nicht eingereicht.

# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### What every program says: wrong usage, questions, files that cannot be read or written.

## Wrong usage. $command is the program with its command, ready to be typed with --help.

usage-unknown-option = Die Option „{ $argument }“ gibt es nicht.
    .hint = „{ $command } --help“ zeigt alle Optionen.
usage-similar-option = Die Option „{ $argument }“ gibt es nicht.
    .hint = Meinten Sie „{ $similar }“?
usage-unexpected-value = Die Angabe „{ $argument }“ wird hier nicht erwartet.
    .hint = „{ $command } --help“ zeigt, was möglich ist.
usage-unknown-command = Den Befehl „{ $argument }“ gibt es nicht.
    .hint = „{ $command } --help“ zeigt alle Befehle.
usage-similar-command = Den Befehl „{ $argument }“ gibt es nicht.
    .hint = Meinten Sie „{ $similar }“?
usage-missing-command = Es fehlt ein Befehl.
    .hint = „{ $command } --help“ zeigt alle Befehle.
usage-missing-argument = { $count ->
        [one] Es fehlt eine Angabe: { $arguments }
       *[other] Es fehlen Angaben: { $arguments }
    }
    .hint = „{ $command } --help“ zeigt ein Beispiel.
usage-missing-value = Zu „{ $argument }“ fehlt der Wert.
    .hint = „{ $command } --help“ zeigt ein Beispiel.
usage-not-a-choice = „{ $value }“ ist kein möglicher Wert für „{ $argument }“.
    .hint = Möglich sind: { $choices }
usage-invalid-value = „{ $value }“ passt nicht zu „{ $argument }“.
    .hint = „{ $command } --help“ zeigt ein Beispiel.
usage-invalid-value-because = „{ $value }“ passt nicht zu „{ $argument }“: { $reason }
    .hint = „{ $command } --help“ zeigt ein Beispiel.
usage-conflict = „{ $argument }“ und „{ $other }“ gehen nicht zusammen.
    .hint = Lassen Sie eines von beiden weg.
usage-repeated = „{ $argument }“ darf nur einmal vorkommen.
    .hint = Lassen Sie die Wiederholung weg.
usage-value-count = Die Anzahl der Werte zu „{ $argument }“ stimmt nicht.
    .hint = „{ $command } --help“ zeigt ein Beispiel.
usage-not-text = Eine Angabe enthält Zeichen, die kein gültiger Text sind.
    .hint = Nur Datei- und Ordnernamen dürfen solche Zeichen enthalten.
usage-other = Die Angaben sind so nicht verständlich.
    .hint = „{ $command } --help“ zeigt, was möglich ist.

## Questions at the terminal.

question-yes-no = { $question } [j/N]
question-default = { $question } [{ $default }]
question-no-terminal = Hier wäre eine Frage zu beantworten, aber es sitzt niemand am Terminal: { $question }
    .hint = Mit „--yes“ wird ohne Rückfrage zugestimmt.
question-no-value = Hier wäre eine Angabe zu machen, aber es sitzt niemand am Terminal: { $question }
    .hint = Machen Sie die Angabe als Option im Befehl; „--help“ nennt sie.
question-unanswered = Die Frage blieb ohne Antwort: { $question }

## Files and folders. $reason is one of the io messages below.

cannot-read = „{ $path }“ lässt sich nicht lesen: { $reason }
    .hint = Prüfen Sie, ob es da ist und ob Ihr Benutzerkonto es öffnen darf.
cannot-write = „{ $path }“ lässt sich nicht schreiben: { $reason }
    .hint = Prüfen Sie, ob genug Platz ist und ob Ihr Benutzerkonto dort schreiben darf; versuchen Sie es dann noch einmal.
cannot-overwrite = „{ $path }“ gibt es schon, und nichts wird überschrieben.
    .hint = Nennen Sie einen anderen Namen.
cannot-print = Die Ausgabe lässt sich nicht schreiben: { $reason }
    .hint = Prüfen Sie, wohin die Ausgabe geht. Was das Programm tun sollte, kann trotzdem geschehen sein.
output-closed = Die Ausgabe wurde vorzeitig geschlossen.

io-not-found = Datei oder Ordner nicht gefunden
io-permission-denied = keine Berechtigung
io-already-exists = es gibt sie schon
io-storage-full = der Datenträger ist voll
io-quota-exceeded = der zugeteilte Speicherplatz ist aufgebraucht
io-read-only = der Datenträger ist schreibgeschützt
io-is-a-directory = das ist ein Ordner, keine Datei
io-not-a-directory = das ist kein Ordner
io-directory-not-empty = der Ordner ist nicht leer
io-other = Fehler des Betriebssystems ({ $text })

## A fault in the program itself.

internal-error = Das Programm hat einen inneren Fehler und hört auf (Stelle: { $place }).
    .hint = Bitte melden Sie den Fehler mit dieser Stelle und dem Befehl, den Sie eingegeben haben.

## Was mehrere Programme sagen.

others-passed-over = { $count ->
        [one] Eine andere Datei wurde übergangen.
       *[other] { $count } andere Dateien wurden übergangen.
    }
no-runtime = Das Programm kann nicht arbeiten: { $reason }

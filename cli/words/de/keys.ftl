# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Passphrasen und Token. $key ist eine Schlüsseldatei, oder TOKEN/SCHLÜSSEL.

## Fragen am Terminal. Was getippt wird, ist nicht zu sehen.

passphrase-question = Passphrase für „{ $key }“ (die Eingabe bleibt unsichtbar):
passphrase-question-pin = PIN des Tokens für „{ $key }“ (die Eingabe bleibt unsichtbar):
passphrase-question-again = Das war nicht richtig. Passphrase für „{ $key }“:
passphrase-question-new = Neue Passphrase für „{ $key }“, mindestens { $wanted } Zeichen (die Eingabe bleibt unsichtbar):
passphrase-question-longer = Zu kurz: Wer die Datei kopiert, kann in Ruhe raten. Neue Passphrase, mindestens { $wanted } Zeichen:
passphrase-question-same = Die beiden Eingaben sind verschieden. Neue Passphrase für „{ $key }“:
passphrase-question-repeat = Noch einmal dieselbe Passphrase:

## Schlüsseldateien.

key-wrong-passphrase = Die Passphrase öffnet den Schlüssel „{ $key }“ nicht.
    .hint = Versuchen Sie es noch einmal; nichts wird gesperrt. Achten Sie auf Groß- und Kleinschreibung, und darauf, ob die Passphrase aus einer Datei oder Umgebungsvariablen kommt.
key-unknown-encryption = „{ $path }“ ist auf eine Weise verschlüsselt, die diese Version nicht liest.
    .hint = „openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256“ schreibt die Datei in lesbarer Weise neu.
key-too-costly = „{ $path }“ zu öffnen würde zu viel Speicher oder Zeit brauchen.
    .hint = Diese Datei hat nicht Schulsiegel geschrieben. Holen Sie die richtige aus der Sicherung zurück.
key-passphrase-changed = Der Schlüssel „{ $key }“ hat eine neue Passphrase.
key-passphrase-removed = Der Schlüssel „{ $key }“ hat keine Passphrase mehr: Wer die Datei lesen kann, kann damit unterschreiben.
key-unguarded = Der Schlüssel „{ $key }“ hat keine Passphrase: Wer die Datei lesen kann, kann damit unterschreiben.

## Woher die Passphrase kommt.

passphrase-io = Die Datei „{ $path }“ mit der Passphrase lässt sich nicht lesen: { $reason }
    .hint = Prüfen Sie „--passphrase-file“, die Umgebungsvariable SCHULSIEGEL_PASSPHRASE_FILE und „passphrase_file“ in den Einstellungen.
passphrase-not-private = Die Datei „{ $path }“ mit der Passphrase können auch andere Benutzer dieses Rechners lesen.
    .hint = Nehmen Sie ihnen das Recht (chmod 600 „{ $path }“), und geben Sie dem Schlüssel eine neue Passphrase.
passphrase-malformed = In „{ $place }“ steht keine Passphrase.
    .hint = Verlangt wird eine Zeile Text mit höchstens 1024 Bytes.
passphrase-missing = Der Schlüssel „{ $key }“ braucht eine Passphrase, aber es sitzt niemand am Terminal.
    .hint = Nennen Sie mit „--passphrase-file“ eine Datei, in der sie steht, oder setzen Sie SCHULSIEGEL_PASSPHRASE_FILE.
passphrase-missing-new = Der neue Schlüssel „{ $key }“ soll eine Passphrase bekommen, aber es sitzt niemand am Terminal.
    .hint = Nennen Sie mit „--passphrase-file“ eine Datei, in der sie steht; mit „--no-passphrase“ bleibt die Datei ungeschützt.
passphrase-missing-changed = Der Schlüssel „{ $key }“ soll eine neue Passphrase bekommen, aber es sitzt niemand am Terminal.
    .hint = Nennen Sie mit „--new-passphrase-file“ eine Datei, in der sie steht; mit „--no-passphrase“ bleibt die Datei ungeschützt.
passphrase-too-short = Die neue Passphrase hat { $got } Zeichen; mindestens { $wanted } müssen es sein.
    .hint = Wer die Schlüsseldatei kopiert, kann ungesehen raten. Vier zufällige Wörter sind lang genug und leicht zu merken.
passphrase-differ = Die beiden Eingaben der neuen Passphrase sind verschieden.
    .hint = Versuchen Sie es noch einmal. Nichts wurde geändert.

## Token.

token-wrong-pin = Die PIN öffnet das Token mit dem Schlüssel „{ $key }“ nicht.
    .hint = Die PIN kommt aus denselben Quellen wie eine Passphrase. Versuchen Sie es erst wieder, wenn Sie sicher sind: Ein Token sperrt sich nach wenigen falschen PINs.
token-tries-some = Es bleibt mehr als ein Versuch.
token-tries-one = Es bleibt ein einziger Versuch; danach ist das Token gesperrt.
token-tries-none = Das Token ist jetzt gesperrt.
token-module = Das Modul „{ $path }“ des Tokens lässt sich nicht laden: { $text }
    .hint = Installieren Sie die Software des Herstellers, und prüfen Sie den Eintrag „module“ unter „[token]“ in den Einstellungen.
token-missing = Das Token „{ $token }“ ist nicht da.
    .hint = Stecken Sie es ein und versuchen Sie es noch einmal. Name oder Seriennummer stehen unter „[token]“ in den Einstellungen.
token-ambiguous = Mehrere Token heißen „{ $token }“.
    .hint = Ziehen Sie das andere ab, oder nennen Sie unter „[token]“ in den Einstellungen die Seriennummer („serial“).
token-gone = Das Token antwortet nicht mehr ({ $text }). Es wurde nichts unterschrieben.
    .hint = Stecken Sie es wieder ein und geben Sie den Befehl noch einmal.
token-locked = Das Token „{ $token }“ ist nach zu vielen falschen PINs gesperrt.
    .hint = Mit der PUK (SO-PIN) und der Software des Herstellers lässt es sich entsperren.
token-no-key = Im Token gibt es den Schlüssel „{ $key }“ nicht.
    .hint = Prüfen Sie, ob das richtige Token steckt, und den Eintrag „key“ unter „[token]“ in den Einstellungen.
token-key-exists = Im Token gibt es schon einen Schlüssel „{ $key }“; er wird nicht ersetzt.
    .hint = Nennen Sie mit „--token-key“ einen anderen Namen.
token-not-a-key = „{ $key }“ ist kein Schlüssel, den Schulsiegel verwenden kann.
    .hint = Verlangt wird ein Ed25519-Schlüssel.
token-unsuitable = Das Token „{ $token }“ macht keine Ed25519-Schlüssel, die in ihm bleiben.
    .hint = Fragen Sie den Hersteller nach „EdDSA“ mit PKCS#11 3.0, oder nehmen Sie eine Schlüsseldatei mit Passphrase.
token-needs-pin = Ein Token ist nie ohne PIN.
    .hint = Lassen Sie „--no-passphrase“ weg.
token-refused = Das Token lehnt ab ({ $text }). Es wurde nichts unterschrieben.
    .hint = Prüfen Sie das Token mit der Software des Herstellers.
token-wrong-signature = Das Token hat falsch unterschrieben ({ $text }). Es wurde nichts davon verwendet.
    .hint = Vertrauen Sie diesem Token nicht mehr, und wenden Sie sich an den Hersteller.

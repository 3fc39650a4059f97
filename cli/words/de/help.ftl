# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The frame of every help page. What a command does stands in the file of its program.

help-heading-usage = Aufruf
help-heading-commands = Befehle
help-heading-arguments = Argumente
help-heading-options = Optionen
help-heading-examples = Beispiele

help-option-help = Diese Hilfe zeigen
help-option-version = Die Version zeigen
help-option-lang = Sprache der Meldungen; sonst die des Systems

help-choices = [möglich: { $choices }]
help-default = [ohne Angabe: { $default }]

## Placeholders for values: help-value- and the English name in small letters.

help-value-options = OPTIONEN
help-value-command = BEFEHL
help-value-age = ALTER
help-value-code = CODE
help-value-date = DATUM
help-value-dir = ORDNER
help-value-file = DATEI
help-value-id = KENNUNG
help-value-index = PLATZ
help-value-key = SCHLÜSSEL
help-value-kind = ART
help-value-lang = SPRACHE
help-value-land = LAND
help-value-list = LISTE
help-value-name = NAME
help-value-new = NEU
help-value-number = NUMMER
help-value-old = ALT
help-value-origin = REGISTER
help-value-path = PFAD
help-value-place = ORT
help-value-reason = GRUND
help-value-request = ANTRAG
help-value-seconds = SEKUNDEN
help-value-text = TEXT
help-value-url = ADRESSE

# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### The frame of every help page. What a command does stands in the file of its program.

help-heading-usage = Usage
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-examples = Examples

help-option-help = Show this help
help-option-version = Show the version
help-option-lang = Language of the messages; else that of the system

help-choices = [possible: { $choices }]
help-default = [if not given: { $default }]

## Placeholders for values: help-value- and the English name in small letters.

help-value-options = OPTIONS
help-value-command = COMMAND
help-value-age = AGE
help-value-code = CODE
help-value-date = DATE
help-value-dir = DIR
help-value-file = FILE
help-value-id = ID
help-value-index = INDEX
help-value-key = KEY
help-value-kind = KIND
help-value-lang = LANG
help-value-land = LAND
help-value-list = LIST
help-value-name = NAME
help-value-new = NEW
help-value-number = NUMBER
help-value-old = OLD
help-value-origin = ORIGIN
help-value-path = PATH
help-value-place = PLACE
help-value-reason = REASON
help-value-request = REQUEST
help-value-seconds = SECONDS
help-value-text = TEXT
help-value-url = URL

# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### What every program says: wrong usage, questions, files that cannot be read or written.

## Wrong usage. $command is the program with its command, ready to be typed with --help.

usage-unknown-option = There is no option “{ $argument }”.
    .hint = “{ $command } --help” shows all options.
usage-similar-option = There is no option “{ $argument }”.
    .hint = Did you mean “{ $similar }”?
usage-unexpected-value = “{ $argument }” is not expected here.
    .hint = “{ $command } --help” shows what is possible.
usage-unknown-command = There is no command “{ $argument }”.
    .hint = “{ $command } --help” shows all commands.
usage-similar-command = There is no command “{ $argument }”.
    .hint = Did you mean “{ $similar }”?
usage-missing-command = A command is missing.
    .hint = “{ $command } --help” shows all commands.
usage-missing-argument = { $count ->
        [one] Something is missing: { $arguments }
       *[other] Some things are missing: { $arguments }
    }
    .hint = “{ $command } --help” shows an example.
usage-missing-value = “{ $argument }” needs a value.
    .hint = “{ $command } --help” shows an example.
usage-not-a-choice = “{ $value }” is not a possible value for “{ $argument }”.
    .hint = Possible are: { $choices }
usage-invalid-value = “{ $value }” does not fit “{ $argument }”.
    .hint = “{ $command } --help” shows an example.
usage-invalid-value-because = “{ $value }” does not fit “{ $argument }”: { $reason }
    .hint = “{ $command } --help” shows an example.
usage-conflict = “{ $argument }” and “{ $other }” do not go together.
    .hint = Leave one of them out.
usage-repeated = “{ $argument }” may be given only once.
    .hint = Leave the repetition out.
usage-value-count = The number of values for “{ $argument }” is wrong.
    .hint = “{ $command } --help” shows an example.
usage-not-text = An argument contains characters that are not valid text.
    .hint = Only names of files and folders may contain such characters.
usage-other = The arguments cannot be understood.
    .hint = “{ $command } --help” shows what is possible.

## Questions at the terminal.

question-yes-no = { $question } [y/N]
question-default = { $question } [{ $default }]
question-no-terminal = There is a question to answer, but nobody is at the terminal: { $question }
    .hint = “--yes” agrees without asking.
question-no-value = There is something to fill in, but nobody is at the terminal: { $question }
    .hint = Give it as an option of the command; “--help” names it.
question-unanswered = The question was not answered: { $question }

## Files and folders. $reason is one of the io messages below.

cannot-read = “{ $path }” cannot be read: { $reason }
    .hint = Check that it is there and that your user account may open it.
cannot-write = “{ $path }” cannot be written: { $reason }
    .hint = Check that there is room, and that your user account may write there; then try again.
cannot-overwrite = “{ $path }” exists already, and nothing is overwritten.
    .hint = Give another name.
cannot-print = The output cannot be written: { $reason }
    .hint = Check where the output goes to. What the program was to do may be done all the same.
output-closed = The output was closed early.

io-not-found = file or folder not found
io-permission-denied = no permission
io-already-exists = it exists already
io-storage-full = the disk is full
io-quota-exceeded = the storage quota is used up
io-read-only = the disk is write-protected
io-is-a-directory = this is a folder, not a file
io-not-a-directory = this is not a folder
io-directory-not-empty = the folder is not empty
io-other = error of the operating system ({ $text })

## A fault in the program itself.

internal-error = The program has an internal fault and stops (place: { $place }).
    .hint = Please report the fault with this place and the command that you typed.

## What several programs say.

others-passed-over = { $count ->
        [one] One other file was passed over.
       *[other] { $count } other files were passed over.
    }
no-runtime = The program cannot work: { $reason }

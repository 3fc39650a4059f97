-- SPDX-FileCopyrightText: 2026 The Schulsiegel authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Who may do what with the tables of a ledger. As ledger_owner or superuser, once, after `anchor init`.

GRANT SELECT ON ledger, entry TO ledger_writer, ledger_reader;
GRANT INSERT ON entry TO ledger_writer;
GRANT UPDATE (checkpoint) ON ledger TO ledger_writer;

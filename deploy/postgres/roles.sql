-- SPDX-FileCopyrightText: 2026 The Schulsiegel authors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Who works with the ledger's database, and the database. As superuser, once, before `anchor init`. Passwords are set
-- afterwards (`\password ledger_owner` in psql), unless another way of logging in is used.

-- Makes the tables, pins ministries. Nobody else may change what a table is.
CREATE ROLE ledger_owner LOGIN;
-- `anchor serve`.
CREATE ROLE ledger_writer LOGIN;
-- `anchor fsck`, `log`, `schools`, `trust`; pg_dump.
CREATE ROLE ledger_reader LOGIN;

CREATE DATABASE ledger OWNER ledger_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE ledger FROM PUBLIC;
GRANT CONNECT ON DATABASE ledger TO ledger_writer, ledger_reader;

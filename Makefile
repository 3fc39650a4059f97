# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

.PHONY: help demo test lint fuzz bench audit clean-demo

help: ## list these targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/make \1\t\2/p' Makefile | expand -t 18

demo: ## seal, withdraw, forge and check sample certificates in demo-data/; needs no root
	@cargo build --release --workspace --bins
	@cargo run --quiet --release --bin demo -- --dir demo-data

test: ## install what is missing and run every test
	@scripts/test

lint: ## format, clippy, documentation, licences, dependencies, wasm32
	@scripts/lint

fuzz: ## fuzz every target for FUZZ_SECONDS (20) each; a part of `make test`
	@scripts/fuzz

bench: ## measure speed and memory
	@cargo build --release --workspace --bins
	@cargo run --quiet --release --bin bench

audit: ## look dependencies up among known vulnerabilities; needs the network, done before a release
	@scripts/install-lint-tools
	@"$${CARGO_TARGET_DIR:-target}/tools/bin/cargo-deny" check advisories

clean-demo: ## remove demo-data/
	@rm -rf demo-data

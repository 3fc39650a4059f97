// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Certificates for TLS, made by `openssl`: whom a program believes is tried with those that it must not believe, too.

use std::process::Command;

use crate::{
    World,
    program::run,
    trial::{self, Need},
};

/// Needs the program that makes them.
pub fn need() -> Need {
    trial::command("openssl")
}

/// Makes two authorities in a world's folder (`ca.pem`, `other-ca.pem`). The first one has signed for this machine
/// (`server.pem`) and for another one (`elsewhere.pem`). The keys are beside them (`….key`).
#[track_caller]
pub fn make(world: &World) {
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    for name in ["ca", "other-ca"] {
        openssl(world, &format!("req -x509 {key} -keyout {name}.key -out {name}.pem -days 2 -subj /CN={name}"));
    }
    for (name, place) in [("server", "IP:127.0.0.1"), ("elsewhere", "DNS:elsewhere.example")] {
        world.write("extension", format!("subjectAltName={place}\n"));
        openssl(world, &format!("req {key} -keyout {name}.key -out request -subj /CN={name}"));
        let sign = "x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile extension";
        openssl(world, &format!("{sign} -out {name}.pem"));
    }
}

#[track_caller]
fn openssl(world: &World, line: &str) {
    run(Command::new("openssl").args(line.split(' ')).current_dir(world.folder())).expect(0);
}

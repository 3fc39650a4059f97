// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A webhook behind TLS: whom `anchor watch` believes, and what it says of a server that it does not.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    process::{Command, ExitCode, Stdio},
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    thread,
};

use rustls::{
    ServerConfig, ServerConnection, Stream,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use serde_json::{Value, json};
use tests::{
    World, certificates, run,
    trial::{self, needing},
};

fn main() -> ExitCode {
    let needs = [certificates::need()];
    trial::main(vec![
        needing("an_untrusted_server_gets_nothing", &needs, an_untrusted_server_gets_nothing),
        needing("an_authority_of_ones_own_is_believed", &needs, an_authority_of_ones_own_is_believed),
        needing("without_authorities_nobody_is_believed", &needs, without_authorities_nobody_is_believed),
    ])
}

/// A demo with certificates beside it.
struct Office {
    world: World,
}

impl Office {
    fn new() -> Self {
        let world = World::new();
        certificates::make(&world);
        Self { world }
    }

    /// A server that takes so many requests, and what it took: `None` for one that ended before it said anything.
    fn serve(&self, name: &str, requests: usize) -> (String, Receiver<Option<Value>>) {
        let certificate = CertificateDer::from_pem_file(self.world.path(format!("{name}.pem"))).expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(self.world.path(format!("{name}.key"))).expect("a key");
        let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key);
        let config = Arc::new(config.expect("they belong together"));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("https://{}/hook", listener.local_addr().expect("bound"));
        let (send, receive) = channel();
        thread::spawn(move || {
            for _ in 0..requests {
                let (mut tcp, _) = listener.accept().expect("a connection");
                let mut tls = ServerConnection::new(Arc::clone(&config)).expect("a connection");
                let mut stream = Stream::new(&mut tls, &mut tcp);
                let request = take(&mut stream);
                if request.is_some() {
                    let answer = b"HTTP/1.1 204 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                    stream.write_all(answer).and_then(|()| stream.flush()).expect("answered");
                    stream.conn.send_close_notify();
                    let _ = stream.conn.complete_io(stream.sock);
                }
                let _ = send.send(request);
            }
        });
        (address, receive)
    }

    /// `anchor watch` that believes the authorities in a file.
    fn watch(&self, address: &str, authorities: &str) -> Command {
        let mut watch = self.world.command("anchor");
        watch.args(["watch", "--ledger", "demo/ledger", "--state", "state", "--json", "--webhook", address]);
        watch.env("SSL_CERT_FILE", authorities);
        watch
    }
}

/// The body of a request.
fn take(stream: &mut impl Read) -> Option<Value> {
    let mut reader = BufReader::new(stream);
    let mut length = None;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|bytes| *bytes > 0)?;
        if line == "\r\n" {
            break;
        }
        length = line.to_lowercase().strip_prefix("content-length: ").map(|number| number.trim().to_owned()).or(length);
    }
    let mut body = vec![0; length?.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn an_untrusted_server_gets_nothing() {
    let office = Office::new();
    for (server, authorities, reason) in [
        ("server", "other-ca.pem", "invalid peer certificate: UnknownIssuer"),
        ("elsewhere", "ca.pem", "invalid peer certificate: certificate not valid for name \"127.0.0.1\""),
    ] {
        let (address, requests) = office.serve(server, 1);
        let mut watch = office.watch(&address, authorities);
        let mut watch = watch.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("started");
        let mut said = String::new();
        BufReader::new(watch.stderr.take().expect("piped")).read_line(&mut said).expect("text");
        assert_eq!(requests.recv().expect("it was tried"), None, "nothing is sent");
        watch.kill().and_then(|()| watch.wait()).expect("ended");
        let host = address.trim_end_matches("/hook");
        let start = format!(
            "The web service did not accept: {host} cannot be reached: no connection came about; check address, network \
             and certificate (the system says: {reason}"
        );
        assert!(said.starts_with(&start) && said.ends_with(". Trying again in one second.\n"), "{said}");
        let state: Value =
            serde_json::from_slice(&fs::read(office.world.path("state")).expect("a state")).expect("JSON");
        assert_eq!(state["next"], json!(0), "it is told again");
    }
}

fn an_authority_of_ones_own_is_believed() {
    let office = Office::new();
    let entries = office.world.run("anchor", ["log", "--ledger", "demo/ledger", "--json"]).quiet().json().len();
    let (address, requests) = office.serve("server", entries);
    let told = run(office.watch(&address, "ca.pem").arg("--once")).quiet().json();
    assert_eq!(told.len(), entries);
    assert_eq!(requests.iter().collect::<Vec<_>>(), told.into_iter().map(Some).collect::<Vec<_>>());
}

fn without_authorities_nobody_is_believed() {
    let office = Office::new();
    let refused = run(office.watch("https://127.0.0.1:1/hook", "missing.pem").arg("--once")).expect(1);
    assert!(refused.err.starts_with("error: The web service cannot be spoken to: https://127.0.0.1:1 "), "{refused:?}");
    let hint = "hint: Check that this computer has the usual certificates (ca-certificates).\n";
    assert!(refused.err.ends_with(hint), "{refused:?}");
    assert!(!office.world.path("state").exists(), "nothing counts as told");
}

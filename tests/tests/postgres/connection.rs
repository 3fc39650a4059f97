// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Databases that a server must not use, that do not let it in, or that it must not believe.

use anchor::{conformance::block_on, postgres::Address};
use libtest_mimic::Trial;
use tests::{
    Run, World,
    cast::Cast,
    certificates,
    postgres::Cluster,
    serving::Serving,
    trial::{self, Need},
};

pub(crate) fn tests() -> Vec<(&'static str, fn())> {
    vec![
        ("connection::a_database_that_does_not_wait_for_the_disk_is_refused", without_fsync),
        ("connection::a_password_is_asked_for_and_shown_to_nobody", passwords),
    ]
}

pub(crate) fn tls_test(missing: &Need) -> Trial {
    let needs = [missing.clone(), certificates::need()];
    trial::needing("connection::only_the_database_itself_is_spoken_to_over_tls", &needs, tls)
}

/// A ledger on a server of its own, whose settings can be changed.
struct Office {
    cluster: Cluster,
    database: String,
    world: World,
}

impl Office {
    fn new() -> Self {
        let (cluster, world) = (Cluster::start(), World::bare());
        let database = cluster.database();
        let address = Address::parse(&cluster.url(&database)).expect("an address");
        block_on(Cast::on_new_database(&address, &world.path("keys")));
        Self { cluster, database, world }
    }

    /// The address with a user, and options instead of none.
    fn url(&self, user: &str, options: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/{}{options}", self.cluster.port(), self.database)
    }

    /// Starts a server over this address and ends it in order, if it starts at all.
    #[track_caller]
    fn serve(&self, url: &str, variables: &[(&str, &str)]) -> Run {
        let mut command = self.world.command("anchor");
        command.args(["serve", "--ledger", url, "--keys", "keys", "--listen", "127.0.0.1:0"]);
        command.envs(variables.iter().copied());
        match Serving::start(&mut command) {
            Ok(serving) => {
                assert_eq!(serving.status("/checkpoint"), Some(200));
                serving.terminate();
                serving.end().expect(0)
            }
            Err(ended) => ended,
        }
    }
}

fn without_fsync() {
    let office = Office::new();
    let url = office.cluster.url(&office.database);
    office.serve(&url, &[]).expect(0);
    office.cluster.set(&[("fsync", "off")]);
    let refused = office.serve(&url, &[]).expect(64);
    assert_eq!(
        (refused.out.as_str(), refused.err.as_str()),
        (
            "",
            "error: The database does not wait for the disk (“fsync” is off). After a crash, entries could be missing \
             that were published already.\nhint: Switch “fsync” on in PostgreSQL's configuration.\n"
        )
    );
    office.cluster.set(&[("fsync", "on")]);
    office.serve(&url, &[]).expect(0);
}

fn passwords() {
    const SECRET: &str = "Ge-heim.4711";
    const WRONG: &str = "Wr-ong.0815";
    let office = Office::new();
    for statement in [
        format!("CREATE ROLE guarded LOGIN PASSWORD '{SECRET}'"),
        "GRANT SELECT ON ledger, entry TO guarded".to_owned(),
        "GRANT INSERT ON entry TO guarded".to_owned(),
        "GRANT UPDATE (checkpoint) ON ledger TO guarded".to_owned(),
    ] {
        office.cluster.execute(&office.database, &statement).expect("done");
    }
    office.cluster.put("pg_hba.conf", "local all all trust\nhost all guarded 127.0.0.1/32 scram-sha-256\n");
    office.cluster.reload();

    // From where a password may come: the address, its options, PostgreSQL's environment and its password file.
    let with = office.url(&format!("guarded:{SECRET}"), "");
    let option = office.url("guarded", &format!("?password={SECRET}"));
    let without = office.url("guarded", "");
    let file = office.world.write("pgpass", format!("127.0.0.1:*:*:guarded:{SECRET}\n"));
    let file = file.to_str().expect("text");
    std::fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("changed");
    let mut told = vec![
        office.serve(&with, &[]).expect(0),
        office.serve(&option, &[]).expect(0),
        office.serve(&without, &[("PGPASSWORD", SECRET)]).expect(0),
        office.serve(&without, &[("PGPASSFILE", file)]).expect(0),
    ];

    let refused = [
        office.serve(&office.url(&format!("guarded:{WRONG}"), ""), &[]),
        office.serve(&office.url("guarded", &format!("?password={WRONG}")), &[]),
        office.serve(&without, &[("PGPASSWORD", WRONG)]),
        office.serve(&without, &[]),
    ];
    for refused in refused {
        assert_eq!((refused.code, refused.out.as_str()), (Some(1), ""));
        assert!(refused.err.starts_with("error: The ledger cannot be read ("), "{refused:?}");
        assert!(refused.err.contains("password authentication failed for user \"guarded\""), "{refused:?}");
        assert!(refused.err.contains("\nhint: "), "{refused:?}");
        told.push(refused);
    }
    for told in told {
        let says = |word: &str| told.out.contains(word) || told.err.contains(word);
        assert!(!says(SECRET) && !says(WRONG), "{told:?}");
    }
}

fn tls() {
    let office = Office::new();
    certificates::make(&office.world);
    let use_certificate = |name: &str| {
        for end in ["pem", "key"] {
            let bytes = std::fs::read(office.world.path(format!("{name}.{end}"))).expect("made");
            office.cluster.put(&format!("server.{end}"), bytes);
        }
        office.cluster.set(&[("ssl_cert_file", "server.pem"), ("ssl_key_file", "server.key"), ("ssl", "on")]);
    };
    let url = |mode: &str, authority: &str| {
        let authority = office.world.path(format!("{authority}.pem"));
        office.url("ledger", &format!("?sslmode={mode}&sslrootcert={}", authority.display()))
    };
    // As long as it has no certificate, nothing is said to it.
    let refused = office.serve(&url("verify-full", "ca"), &[]).expect(1);
    assert!(refused.err.contains("server does not support TLS"), "{refused:?}");

    use_certificate("server");
    // Nobody comes in without TLS.
    office.cluster.put("pg_hba.conf", "local all all trust\nhostssl all all 127.0.0.1/32 trust\n");
    office.cluster.reload();
    office.serve(&url("verify-full", "ca"), &[]).expect(0);
    let refused = office.serve(&office.url("ledger", "?sslmode=disable"), &[]).expect(1);
    assert!(refused.err.contains("no encryption"), "{refused:?}");
    let refused = office.serve(&url("verify-full", "other-ca"), &[]).expect(1);
    assert!(refused.err.contains("invalid peer certificate: UnknownIssuer"), "{refused:?}");

    use_certificate("elsewhere");
    let refused = office.serve(&url("verify-full", "ca"), &[]).expect(1);
    assert!(refused.err.contains("certificate not valid for name \"127.0.0.1\""), "{refused:?}");
    // Whoever wants to know only the authority, is content.
    office.serve(&url("verify-ca", "ca"), &[]).expect(0);
}

// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A service that shows another history than before: an alarm, with the evidence kept.

use std::fs;

use tests::{World, serving::Serving};

use super::{ORIGIN, check_offline, contents, line, note, seal, sync, told, two_histories};

/// A ledger as `earlier`, and as `one` when it has a statement more.
fn earlier_and_later() -> World {
    let world = World::new().forgetful();
    world.copy("demo/ledger", "earlier");
    seal(&world, "a");
    world.copy("demo/ledger", "one");
    world
}

/// The ledger in a folder, served, and where the trust folder says it is.
fn serve(world: &World, folder: &str) -> Serving {
    let mut command = world.command("anchor");
    let serving = Serving::start(command.args(["serve", "--ledger", folder, "--listen", "127.0.0.1:0"]));
    let serving = serving.unwrap_or_else(|run| panic!("{run:?}"));
    world.write("demo/trust/ledgers", format!("{ORIGIN} http://{}\n", serving.address()));
    serving
}

pub(crate) fn another_history() {
    // What a checkpoint says: its note may have been cosigned again meanwhile.
    let said = |note: &[u8]| String::from_utf8_lossy(note).lines().take(3).map(str::to_owned).collect::<Vec<_>>();
    for (reason, later) in [("ledger_forked", "two-and-more"), ("ledger_rolled_back", "earlier")] {
        let world = if later == "earlier" { earlier_and_later() } else { two_histories() };
        let honest = serve(&world, "one");
        assert_eq!(line(&sync(&world).quiet()), told(None, 3, Some(3)));
        drop(honest);
        let kept = contents(&world);
        let lying = serve(&world, later);
        let alarm = sync(&world).expect(2);
        assert_eq!(line(&alarm), told(Some(reason), 0, Some(3)));
        let files = alarm.json()[0]["evidence"].as_array().expect("a list").clone();
        let evidence: Vec<_> = files.iter().map(|path| fs::read(path.as_str().expect("text")).expect("kept")).collect();
        let wanted = ["one", later].map(|folder| said(&note(&world, folder)));
        assert_eq!(evidence.iter().map(|note| said(note)).collect::<Vec<_>>(), wanted);
        assert!(contents(&world) == kept, "the copy was touched");
        assert_eq!(world.check(["demo/sealed"]).expect(2).column("reason"), [reason; 12]);
        assert_eq!(check_offline(&world, &[]).expect(2).column("reason"), [reason; 12]);
        drop(lying);
    }
}

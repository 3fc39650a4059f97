// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A school that is disturbed while it withdraws, replaces or changes its key.

use std::process::Command;

use serde_json::{Value, json};

use crate::{Run, run, site::Site, strace::Step};

/// A school that has sealed three certificates, kept as `sealed`.
pub struct Life {
    site: Site,
    entries: u64,
}

impl Life {
    /// A new one.
    #[track_caller]
    pub fn new() -> Self {
        let site = Site::new(&[]);
        run(&mut site.issue()).expect(0);
        let mut life = Self { site, entries: 0 };
        // The batch of the demo, whose register a site has not.
        life.run(&["status", "--accept", "1"]).expect(0);
        life.entries = life.status()["tree_size"].as_u64().expect("a number");
        life.site.keep("sealed");
        life
    }

    /// Its folders.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// `issuer …` of this school.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.site.world().command("issuer");
        command.args(["--config", "demo/issuer.toml"]).args(arguments);
        command
    }

    /// The same, run to its end.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Run {
        run(&mut self.command(arguments))
    }

    /// What can be disturbed: temporary names are made of random letters or ids, and not known in advance.
    #[track_caller]
    pub fn steps(&self, arguments: &[&str]) -> Vec<Step> {
        let steps = self.site.steps(&self.command(arguments)).into_iter();
        steps.filter(|step| !step.path.contains(".draft-") && !step.path.contains(".part")).collect()
    }

    /// What `issuer status` says.
    #[track_caller]
    pub fn status(&self) -> Value {
        self.run(&["status", "--json"]).json().remove(0)
    }

    /// How many entries the ledger has more than when it was kept. Looking changes nothing.
    #[track_caller]
    pub fn more(&self) -> u64 {
        self.site.entries() - self.entries
    }

    /// Nothing is left to do, nothing is an alarm, and the ledger has so many entries more than when it was kept.
    #[track_caller]
    pub fn assert_in_order(&self, more: u64, at: &Step) {
        let idle = self.run(&["resume"]).quiet();
        assert_eq!(idle.out, "Nothing is open.\n", "{at}");
        let status = self.status();
        assert_eq!((&status["alarms"], &status["unfinished"]), (&json!([]), &json!([])), "{at}");
        assert_eq!(status["tree_size"].as_u64(), Some(self.entries + more), "{at}");
        let fsck = self.site.world().run("anchor", ["fsck", "--ledger", "demo/ledger", "--json"]).expect(0).json();
        assert_eq!((&fsck[0]["findings"], &fsck[0]["uncounted"]), (&json!([]), &json!([])), "{at}");
    }

    /// What a verifier says of a file.
    #[track_caller]
    pub fn verdict(&self, file: &str) -> String {
        self.site.world().check([file]).column("verdict").remove(0)
    }
}

impl Default for Life {
    fn default() -> Self {
        Self::new()
    }
}

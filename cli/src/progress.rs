// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! A bar that shows how far a long work is.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{Message, Words};

/// A bar on standard error if that is a terminal, and nothing otherwise. Threads may share it by reference.
///
/// It is gone from the screen when it is dropped. Say nothing else while it is shown.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// Shows a bar for `total` steps with a text in front.
    #[expect(clippy::missing_panics_doc, reason = "the template is a constant and is parsed in a test")]
    pub fn new(words: &Words, message: &Message, total: u64) -> Self {
        let target =
            if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}").expect("the template is well formed");
        let bar = ProgressBar::with_draw_target(Some(total), target).with_style(style);
        bar.set_message(words.text(message));
        Self(bar)
    }

    /// So many steps more are done.
    pub fn inc(&self, steps: u64) {
        self.0.inc(steps);
    }

    /// Takes the bar off the screen.
    pub fn finish(self) {
        drop(self);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::Lang;

    #[test]
    fn threads_count_together() {
        let progress = Progress::new(&Words::new(Lang::De), &Message::new("io-not-found"), 200);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| (0..100).for_each(|_| progress.inc(1)));
            }
        });
        assert_eq!((progress.0.position(), progress.0.length()), (200, Some(200)));
        assert_eq!(progress.0.message(), "Datei oder Ordner nicht gefunden");
        progress.finish();
    }
}

// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Entry bundles, several under way at once and given in their order.

Who catches up reads a thousand entries, replays them, and reads the next thousand. What comes next is asked for before:
else every bundle would cost a way to the server and back, and the replay would wait for each.
*/

use std::{
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use futures_util::stream::{self, BoxStream, StreamExt as _};
use proof::tree::TreeSize;

use super::fetch::Fetch;
use crate::{
    ledger::ReadError,
    tiles::{Kind, MAX_BUNDLE_BYTES, Piece, WIDTH},
};

/// So many bundles are under way or wait to be taken, at most: 128 MiB if somebody makes each as large as it can be,
/// 1 MiB with statements of 500 bytes.
const UNDER_WAY: usize = 8;

/// What was asked for ahead and not taken for so long is asked for anew: it may have been given up by the server.
const FRESH: Duration = Duration::from_secs(10);

type Bundle = Vec<Vec<u8>>;

/// The bundles of a server.
pub(super) struct Bundles {
    fetch: Arc<Fetch>,
    /// Where the last read ended. Taken out while somebody reads, so that nobody waits for anybody.
    left: Mutex<Option<Reading>>,
}

/// Reading one bundle after the other.
struct Reading {
    /// The size of the ledger, which says how wide the last bundle is.
    size: TreeSize,
    /// The bundle that was taken last behind its index; none if it is empty. Reads of a thousand entries begin and end in the middle of one.
    last: (u64, Bundle),
    /// The indices of those that come.
    indices: Range<u64>,
    coming: BoxStream<'static, Result<Bundle, ReadError>>,
    left_at: Instant,
}

impl Bundles {
    pub(super) fn new(fetch: Arc<Fetch>) -> Self {
        Self { fetch, left: Mutex::default() }
    }

    /// Entries of a ledger of this size. With `goes_on`, those behind them are asked for as well.
    ///
    /// # Errors
    /// If one of their bundles cannot be read. What was asked for beside it is given up.
    pub(super) async fn entries(
        &self,
        range: Range<u64>,
        size: TreeSize,
        goes_on: bool,
    ) -> Result<Vec<Vec<u8>>, ReadError> {
        let until = if goes_on { size.0 } else { range.end }.div_ceil(u64::from(WIDTH));
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner).take();
        let left = left.filter(|left| left.size == size && left.left_at.elapsed() < FRESH);
        let mut reading = left.unwrap_or_else(|| Reading::new(size));
        let (mut entries, mut from) = (Vec::new(), range.start);
        while from < range.end {
            let (index, skipped) = (from / u64::from(WIDTH), from % u64::from(WIDTH));
            let bundle = reading.bundle(index, until, &self.fetch).await?;
            let skipped = usize::try_from(skipped).expect("below 256");
            let wanted = usize::try_from(range.end - from).unwrap_or(usize::MAX);
            entries.extend(bundle.iter().skip(skipped).take(wanted).cloned());
            from = ((index + 1) * u64::from(WIDTH)).min(range.end);
        }
        reading.left_at = Instant::now();
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = Some(reading);
        Ok(entries)
    }
}

impl Reading {
    fn new(size: TreeSize) -> Self {
        Self { size, last: (0, Vec::new()), indices: 0..0, coming: stream::empty().boxed(), left_at: Instant::now() }
    }

    /// A bundle; those up to `until` are asked for as well.
    async fn bundle(&mut self, index: u64, until: u64, fetch: &Arc<Fetch>) -> Result<&[Vec<u8>], ReadError> {
        if self.last.1.is_empty() || self.last.0 != index {
            if self.indices.start != index || self.indices.is_empty() {
                (self.indices, self.coming) = (index..until, ask(index..until, self.size, Arc::clone(fetch)));
            }
            let bundle = self.coming.next().await.unwrap_or(Err(ReadError::OutOfRange { size: self.size.0 }))?;
            self.indices.start += 1;
            self.last = (index, bundle);
        }
        Ok(&self.last.1)
    }
}

/// Asks for bundles, and gives them in their order.
fn ask(indices: Range<u64>, size: TreeSize, fetch: Arc<Fetch>) -> BoxStream<'static, Result<Bundle, ReadError>> {
    let bundles = stream::iter(indices).map(move |index| {
        let fetch = Arc::clone(&fetch);
        async move {
            let piece = Piece::in_ledger(Kind::Entries, index, size);
            let piece = piece.ok_or(ReadError::OutOfRange { size: size.0 })?;
            fetch.piece(piece, MAX_BUNDLE_BYTES, Piece::read_entries).await
        }
    });
    bundles.buffered(UNDER_WAY).boxed()
}

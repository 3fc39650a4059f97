// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Finding out what became of a batch whose sender has ended.

Who writes to a ledger with their own hands, and has ended, writes no more: what is not there never will be. What was sent
to a service may still wait there. A batch that was discarded and then taken in would stand under the school's name without
being in its register, as if somebody had stolen its key. So it is sent again: the ledger answers as it did the first time,
or takes it in now, or refuses it for good.
*/

use anchor::ledger::AppendError;
use proof::{Timestamp, statement::SignedStatement, tree::LeafIndex};

use super::{SealError, Session, unfinished};
use crate::prove::ProveError;

impl Session {
    /// Where a staged batch stands; `None` if it is not on the ledger and never will be.
    ///
    /// # Errors
    /// If that cannot be found out now. It stays staged.
    pub(super) async fn settle(
        &mut self,
        signed: &SignedStatement,
    ) -> Result<Option<(LeafIndex, Timestamp)>, SealError> {
        let text = signed.text_hash();
        let place = self.followed.replica().register().find(text);
        if place.is_some() || !self.ledger.outlives_sender() {
            return Ok(place);
        }
        match self.ledger.submit(self.followed.size(), signed.note()).await {
            Ok(_) => {
                self.catch_up().await.map_err(|error| unfinished(error.into()))?;
                let place = self.followed.replica().register().find(text);
                place.map(Some).ok_or_else(|| unfinished(ProveError::NotCounted.into()))
            }
            Err(AppendError::Rejected(_)) => Ok(None),
            Err(unknown @ AppendError::OutcomeUnknown(_)) => Err(SealError::OutcomeUnknown(unknown)),
            Err(refused) => Err(SealError::NotAppended(refused)),
        }
    }
}

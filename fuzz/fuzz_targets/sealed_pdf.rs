// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What opens as sealed is byte by byte what sealing writes, and what can be sealed opens again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proof::{
    proof_file::MAX_PROOF_BYTES,
    sealed_pdf::{Ending, Opened, open},
};

fn seal(document: &[u8], proof: &[u8]) -> Vec<u8> {
    let ending = Ending::of(document).expect("what was sealed can be sealed");
    [document, &ending.tail(document.len(), proof)].concat()
}

fuzz_target!(|bytes: &[u8]| {
    match open(bytes) {
        Opened::Sealed(sealed) => assert_eq!(seal(sealed.document(), sealed.proof()), bytes),
        Opened::BytesAfterSeal { sealed, length } => {
            assert!(length < bytes.len());
            assert_eq!(seal(sealed.document(), sealed.proof()), &bytes[..length]);
        }
        Opened::Altered => assert!(Ending::of(bytes).is_err()),
        Opened::NoSeal { .. } => {
            let proof = &bytes[..bytes.len().min(MAX_PROOF_BYTES)];
            let Ok(ending) = Ending::of(bytes) else { return };
            let file = [bytes, &ending.tail(bytes.len(), proof)].concat();
            let Opened::Sealed(sealed) = open(&file) else { panic!("what was sealed opens") };
            assert_eq!((sealed.document(), sealed.proof()), (bytes, proof));
        }
    }
});

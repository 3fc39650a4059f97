// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The tail: what is sealed opens again, and what somebody did to it afterwards never passes as sealed.

use proptest::{collection, prelude::*, sample};

use super::*;

const DOCUMENT: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n30\n%%EOF\n";

fn seal(document: &[u8], proof: &[u8]) -> Vec<u8> {
    let tail = Ending::of(document).expect("sealable").tail(document.len(), proof);
    [document, &tail].concat()
}

fn sealed<'a>(document: &'a [u8], proof: &[u8]) -> Sealed<'a> {
    Sealed { document, proof: proof.to_vec() }
}

/// A proof of some length whose bytes are all different from their neighbours.
fn proof(length: usize) -> Vec<u8> {
    (0..length).map(|index| index.to_le_bytes()[0]).collect()
}

/// `file` with `from` replaced by `to`, which must be there.
fn replaced(file: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = memmem::find(file, from).expect("it is there");
    [&file[..at], to, &file[at + from.len()..]].concat()
}

#[test]
fn the_tail_is_this_to_the_byte() {
    let tail = Ending::of(DOCUMENT).expect("sealable").tail(DOCUMENT.len(), &[0xab; 50]);
    let wanted = format!(
        "\n%{}\n%{}\n%SCHULSIEGEL-1 000000000070 000050\nstartxref\n30\n%%EOF\n",
        "ab".repeat(48),
        "ab".repeat(2)
    );
    assert_eq!(String::from_utf8(tail).as_deref(), Ok(wanted.as_str()));
    let empty = Ending::of(DOCUMENT).expect("sealable").tail(DOCUMENT.len(), &[]);
    assert_eq!(empty, b"\n%SCHULSIEGEL-1 000000000070 000000\nstartxref\n30\n%%EOF\n");
}

#[test]
fn proofs_of_every_size_come_back() {
    for length in [0, 1, 47, 48, 49, 95, 96, 97, 4_000, 65_535, 65_536] {
        let proof = proof(length);
        assert_eq!(open(&seal(DOCUMENT, &proof)), Opened::Sealed(sealed(DOCUMENT, &proof)), "{length}");
    }
}

#[test]
#[should_panic(expected = "at most 65,536 bytes")]
fn a_larger_proof_is_a_fault_of_the_program() {
    seal(DOCUMENT, &proof(65_537));
}

#[test]
fn only_the_one_form_of_ending_is_sealed() {
    let good = [
        "startxref\n1\n%%EOF",
        "startxref\n1\n%%EOF\n",
        "startxref\r1\r\n%%EOF\r\n",
        "startxref 000000000001        %%EOF \r\n \r\n \r",
        "endobjstartxref\n123456789012\n%%EOF",
    ];
    for ending in good {
        assert!(Ending::of(format!("x{ending}").as_bytes()).is_ok(), "{ending:?}");
    }
    assert_eq!(Ending::of(b"startxref\n007\n%%EOF"), Ok(Ending(b"007")), "the number is kept as it is");
    let bad = [
        "",
        "%%EOF",
        "startxref\n1\n%EOF",
        "startxref\n1\n%%EOF\n\n\n\n\n\n\n\n\n",
        "startxref\n1\n%%EOF\t",
        "startxref\n1\n%%EOF\0",
        "startxref\n1\n%%EOFx",
        "startxref\n1%%EOF",
        "startxref1\n%%EOF",
        "startxref\n\n%%EOF",
        "startxref\n1234567890123\n%%EOF",
        "startxref\n-1\n%%EOF",
        "startxref\n1\n\n\n\n\n\n\n\n\n%%EOF",
        "startxref\n\n\n\n\n\n\n\n\n1\n%%EOF",
        "startxref\n1 % comment\n%%EOF",
        "Startxref\n1\n%%EOF",
    ];
    for ending in bad {
        assert_eq!(Ending::of(ending.as_bytes()), Err(Unsealable::BadEnding), "{ending:?}");
    }
}

#[test]
fn what_carries_a_locator_is_not_sealed() {
    let sealed = seal(DOCUMENT, &proof(100));
    assert_eq!(Ending::of(&sealed), Err(Unsealable::AlreadySealed));
    let updated = [&sealed, DOCUMENT].concat();
    assert_eq!(Ending::of(&updated), Err(Unsealable::AlreadySealed));
    let inside = [b"%SCHULSIEGEL-1 ", DOCUMENT].concat();
    assert_eq!(Ending::of(&inside), Err(Unsealable::AlreadySealed));
    let other_version = [b"%SCHULSIEGEL-1\n%SCHULSIEGEL-2 ", DOCUMENT].concat();
    assert!(Ending::of(&other_version).is_ok());
}

#[test]
fn a_larger_document_is_not_sealed() {
    let mut document = vec![b' '; MAX_DOCUMENT_BYTES - DOCUMENT.len()];
    document.extend(DOCUMENT);
    assert!(Ending::of(&document).is_ok());
    document.insert(0, b' ');
    assert_eq!(Ending::of(&document), Err(Unsealable::TooLarge { got: MAX_DOCUMENT_BYTES + 1 }));
}

#[test]
fn without_a_locator_there_is_no_seal() {
    assert_eq!(open(b""), Opened::NoSeal { has_reference: false });
    assert_eq!(open(DOCUMENT), Opened::NoSeal { has_reference: false });
    let resaved = [b"schulsiegel-ref:00", DOCUMENT].concat();
    assert_eq!(open(&resaved), Opened::NoSeal { has_reference: true });
    let broken = replaced(&seal(DOCUMENT, b"p"), b"%SCHULSIEGEL-1 ", b"%SCHULSIEGEL-1\t");
    assert_eq!(open(&broken), Opened::NoSeal { has_reference: false });
}

#[test]
fn what_is_added_behind_is_told_and_left_out() {
    let file = seal(DOCUMENT, &proof(100));
    let additions = [b"\n".as_slice(), b"\0", b"%", DOCUMENT, &file, b"%SCHULSIEGEL-1 000000000000 000000\n"];
    for added in additions {
        let longer = [&file, added].concat();
        let wanted = Opened::BytesAfterSeal { sealed: sealed(DOCUMENT, &proof(100)), length: file.len() };
        assert_eq!(open(&longer), wanted, "{:?}", String::from_utf8_lossy(added));
    }
}

#[test]
fn what_is_slipped_in_before_the_tail_is_altered() {
    let file = seal(DOCUMENT, &proof(100));
    for at in [0, 8, DOCUMENT.len() - 1, DOCUMENT.len()] {
        let inserted = [&file[..at], b"9 0 obj\n<<>>\nendobj\n", &file[at..]].concat();
        assert_eq!(open(&inserted), Opened::Altered, "at {at}");
        let shorter = [&file[..at.min(5)], &file[at.min(5) + 1..]].concat();
        assert_eq!(open(&shorter), Opened::Altered, "one byte less");
    }
    let update = [DOCUMENT, DOCUMENT, &file[DOCUMENT.len()..]].concat();
    assert_eq!(open(&update), Opened::Altered, "an update before a genuine tail");
}

#[test]
fn a_recomputed_tail_opens_as_the_other_document_that_it_is() {
    let update = [DOCUMENT, DOCUMENT].concat();
    let file = seal(&update, &proof(100));
    assert_eq!(open(&file), Opened::Sealed(sealed(&update, &proof(100))));
}

#[test]
fn a_seal_of_a_seal_is_no_seal_of_the_whole() {
    let file = seal(DOCUMENT, &proof(100));
    let tail = Ending::read(&file).expect("it ends like a PDF").tail(file.len(), &proof(10));
    let wanted = Opened::BytesAfterSeal { sealed: sealed(DOCUMENT, &proof(100)), length: file.len() };
    assert_eq!(open(&[file.as_slice(), &tail].concat()), wanted);
    let twice = [&file, &file[DOCUMENT.len()..]].concat();
    assert_eq!(open(&twice), wanted, "the tail twice");
}

#[test]
fn locators_that_lie_are_altered() {
    let file = seal(DOCUMENT, &proof(100));
    let honest: &[u8] = b"000000000070 000100\n";
    let lies: [&[u8]; 16] = [
        b"000000000000 000100\n",
        b"000000000069 000100\n",
        b"000000000071 000100\n",
        b"000000000070 000000\n",
        b"000000000070 000099\n",
        b"000000000070 000101\n",
        b"000000000070 065537\n",
        b"000000000070 999999\n",
        b"999999999999 000100\n",
        b"0000000000070 000100\n",
        b"00000000070 000100\n",
        b"+00000000070 000100\n",
        b"000000000070  00100\n",
        b"000000000070 00010a\n",
        b"000000000070 000100\r",
        b"000000000070\t000100\n",
    ];
    for lie in lies {
        assert_eq!(open(&replaced(&file, honest, lie)), Opened::Altered, "{:?}", String::from_utf8_lossy(lie));
    }
    for alone in ["%SCHULSIEGEL-1 ", "%SCHULSIEGEL-1 000000000000 000000\n", "%SCHULSIEGEL-1 000000000000 0000"] {
        assert_eq!(open(alone.as_bytes()), Opened::Altered, "{alone:?}");
    }
}

#[test]
fn every_byte_of_the_tail_has_one_form() {
    let file = seal(DOCUMENT, &[0xab; 100]);
    let edits: [(&[u8], &[u8]); 9] = [
        (b"abab", b"ABAB"),
        (b"\n%abab", b"\n% abab"),
        (b"\n%abab", b"\n%ab\n%ab"),
        (b"\n%abab", b"\n%\n%abab"),
        (b"\n%SCHULSIEGEL", b"\n%comment\n%SCHULSIEGEL"),
        (b"000100\nstartxref\n30\n", b"000100\nstartxref\n31\n"),
        (b"000100\nstartxref\n30\n", b"000100\nstartxref\n030\n"),
        (b"000100\nstartxref\n30\n%%EOF\n", b"000100\nstartxref\n30\n%%EOF"),
        (b"000100\nstartxref\n", b"000100\nstartxref\r\n"),
    ];
    for (from, to) in edits {
        assert_eq!(open(&replaced(&file, from, to)), Opened::Altered, "{:?}", String::from_utf8_lossy(to));
    }
}

#[test]
fn a_truncated_file_is_never_sealed() {
    let file = seal(DOCUMENT, &proof(100));
    let locator = memmem::find(&file, LOCATOR).expect("a locator");
    for length in 0..file.len() {
        let wanted =
            if length < locator + LOCATOR.len() { Opened::NoSeal { has_reference: false } } else { Opened::Altered };
        assert_eq!(open(&file[..length]), wanted, "{length} bytes");
    }
}

#[test]
fn no_flipped_bit_passes() {
    let file = seal(DOCUMENT, &proof(100));
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut flipped = file.clone();
            flipped[at] ^= 1 << bit;
            // In the document, or in a digit of the proof, the file is sealed but is another one, and the tree says so.
            match open(&flipped) {
                Opened::Sealed(found) => {
                    let same = found.document() == DOCUMENT && found.proof() == proof(100);
                    assert!(!same, "bit {bit} of byte {at}");
                    assert!(at < DOCUMENT.len() || found.document() == DOCUMENT, "bit {bit} of byte {at}");
                    assert_eq!(seal(found.document(), found.proof()), flipped);
                }
                Opened::BytesAfterSeal { .. } => panic!("bit {bit} of byte {at}"),
                Opened::Altered | Opened::NoSeal { .. } => {}
            }
        }
    }
}

#[test]
fn a_million_locators_are_nothing_special() {
    let many = LOCATOR.repeat((1 << 20) / LOCATOR.len());
    assert_eq!(open(&many), Opened::Altered);
    let numbered = b"%SCHULSIEGEL-1 000000000000 065536\n".repeat(30_000);
    assert_eq!(open(&numbered), Opened::Altered);
    assert_eq!(Ending::of(&many), Err(Unsealable::AlreadySealed));
}

fn blanks(least: usize) -> impl Strategy<Value = Vec<u8>> {
    collection::vec(sample::select(&b"\n\r "[..]), least..=8)
}

proptest! {
    #[test]
    fn every_legal_ending_is_sealed_and_opened(
        start in collection::vec(any::<u8>(), 0..200),
        before in blanks(1),
        number in "[0-9]{1,12}",
        between in blanks(1),
        after in blanks(0),
        proof in collection::vec(any::<u8>(), 0..300),
    ) {
        let document = [&start, b"startxref".as_slice(), &before, number.as_bytes(), &between, b"%%EOF", &after].concat();
        prop_assert_eq!(Ending::of(&document), Ok(Ending(number.as_bytes())));
        let file = seal(&document, &proof);
        prop_assert_eq!(open(&file), Opened::Sealed(sealed(&document, &proof)));
        let longer = [file.as_slice(), &start, b"x"].concat();
        prop_assert_eq!(open(&longer), Opened::BytesAfterSeal { sealed: sealed(&document, &proof), length: file.len() });
    }

    /// Whatever opens as sealed is exactly what sealing the document that was found would have written.
    #[test]
    fn what_opens_is_what_sealing_writes(
        pieces in collection::vec(
            prop_oneof![
                Just(DOCUMENT.to_vec()),
                Just(seal(DOCUMENT, b"proof")),
                Just(Ending::of(DOCUMENT).expect("sealable").tail(DOCUMENT.len(), b"proof")),
                Just(LOCATOR.to_vec()),
                Just(b"000000000070 000005\n".to_vec()),
                Just(b"\nstartxref\n30\n%%EOF\n".to_vec()),
                collection::vec(any::<u8>(), 0..4),
            ],
            0..6,
        ),
    ) {
        let file = pieces.concat();
        match open(&file) {
            Opened::Sealed(found) => prop_assert_eq!(seal(found.document(), found.proof()), file),
            Opened::BytesAfterSeal { sealed, length } => {
                prop_assert!(length < file.len());
                prop_assert_eq!(seal(sealed.document(), sealed.proof()), &file[..length]);
            }
            Opened::Altered => prop_assert!(memmem::find(&file, LOCATOR).is_some()),
            Opened::NoSeal { .. } => prop_assert_eq!(memmem::find(&file, LOCATOR), None),
        }
    }
}

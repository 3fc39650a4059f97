// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What needs no token. Those that do stand in the package `tests`, since each needs a process of its own.

use super::*;

fn settings(module: &str, label: Option<&str>, serial: Option<&str>, key: &str) -> TokenSettings {
    let text = |text: &str| text.to_owned();
    TokenSettings { module: module.into(), label: label.map(text), serial: serial.map(text), key: key.to_owned() }
}

#[test]
fn settings_name_a_token_and_a_key() {
    let place = |settings: &TokenSettings| TokenPlace::new(settings, Path::new("base"));
    let here = place(&settings("lib/x.so", Some("Schule"), None, "a")).expect("a place");
    assert_eq!((here.module.as_path(), here.to_string()), (Path::new("base/lib/x.so"), "Schule/a".to_owned()));
    let bare = place(&settings("x.so", None, Some("4711"), "id:00fF")).expect("a place");
    assert_eq!((bare.module.as_path(), bare.to_string()), (Path::new("x.so"), "4711/id:00ff".to_owned()));
    assert_eq!(bare.attribute(), Attribute::Id(vec![0, 255]));
    let absolute = place(&settings("/lib/x.so", Some("t"), Some("1"), "a")).expect("a place");
    assert_eq!(absolute.module, Path::new("/lib/x.so"));
    for bad in [("t", ""), ("t", "id:"), ("t", "id:0"), ("t", "id:0g"), ("t", "id:+1")] {
        assert_eq!(place(&settings("x.so", Some(bad.0), None, bad.1)), None, "{bad:?}");
    }
    assert_eq!(place(&settings("x.so", None, None, "a")), None);
}

#[test]
fn public_keys_come_bare_or_wrapped() {
    let raw = [7; 32];
    assert_eq!(raw_point(&raw), Some(raw));
    assert_eq!(raw_point(&[&[4, 32][..], &raw].concat()), Some(raw));
    for bad in [&[4, 31][..], &[4, 33], &[4], &[]] {
        assert_eq!(raw_point(&[bad, &raw].concat()).filter(|_| !bad.is_empty()), None, "{bad:?}");
    }
}

#[test]
fn a_module_that_is_none_is_named() {
    let pin = Passphrase::new("1234".to_owned()).expect("a PIN");
    let place = TokenPlace::new(&settings("/nowhere/x.so", Some("t"), None, "a"), Path::new("")).expect("a place");
    let Err(PrivateKeyError::Token(TokenError::Module { module, .. })) = unlock(&place, &pin).map(|_| ()) else {
        panic!("there is no such module")
    };
    assert_eq!(module, Path::new("/nowhere/x.so"));
}

// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! Files as we write them, as OpenSSL writes them, and as nobody should.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use pkcs8::{
    der::{EncodePem, asn1::OctetString},
    pkcs5::pbes2::{EncryptionScheme as Cipher, Pbkdf2Params, ScryptParams},
};

use super::*;
use crate::keys::{Nobody, Sources};

const PASSPHRASE: &str = "drei lange Wörter";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).expect("not empty")
}

fn name() -> KeyName {
    KeyName::parse("a").expect("a name")
}

/// A folder, and in it a key file to be written and a file with a passphrase.
struct Home {
    folder: tempfile::TempDir,
    key: PathBuf,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let key = folder.path().join("school.key");
        Self { folder, key }
    }

    fn passphrase_file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        host::create_file(&path, text.as_bytes(), true).expect("written");
        path
    }

    fn with(&self, text: &str) -> Unlock<'static> {
        let count = fs::read_dir(self.folder.path()).expect("listed").count();
        let option = Some(self.passphrase_file(&format!("passphrase-{count}"), text));
        Unlock { sources: Sources { option, configured: None }, person: &Nobody }
    }

    fn load(&self, unlock: &Unlock<'_>) -> Result<SigningKey, PrivateKeyError> {
        load(&self.key, &name(), Algorithm::Ed25519, unlock)
    }

    fn create(&self, guard: Option<&str>) -> SigningKey {
        create(&self.key, &name(), Algorithm::Ed25519, guard.map(passphrase).as_ref()).expect("made")
    }

    fn write(&self, pem: &str) {
        let _ = fs::remove_file(&self.key);
        host::create_file(&self.key, pem.as_bytes(), true).expect("written");
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).expect("there").permissions()) & 0o777
}

#[test]
fn a_key_comes_back_as_it_was_made() {
    for guard in [None, Some(PASSPHRASE)] {
        let home = Home::new();
        let key = home.create(guard);
        let unlock = if guard.is_some() { home.with("drei lange Wörter\n") } else { Unlock::unattended() };
        assert_eq!(home.load(&unlock).expect("read").verifying_key(), key.verifying_key());
        let label = if guard.is_some() { "ENCRYPTED PRIVATE KEY" } else { "PRIVATE KEY" };
        let text = fs::read_to_string(&home.key).expect("text");
        assert!(text.starts_with(&format!("-----BEGIN {label}-----\n")), "{text}");
        #[cfg(unix)]
        assert_eq!(mode(&home.key), 0o600);
        let again = create(&home.key, &name(), Algorithm::Ed25519, None);
        assert!(matches!(again, Err(PrivateKeyError::Io { .. })), "never overwritten");
    }
}

#[test]
fn an_encrypted_file_holds_nothing_of_the_secret() {
    let home = Home::new();
    home.create(Some(PASSPHRASE));
    let (seed, found) = open(&home.key, &home.with(PASSPHRASE)).expect("opened");
    assert_eq!(found, Some(passphrase(PASSPHRASE)));
    let (_, document) = SecretDocument::from_pem(&fs::read_to_string(&home.key).expect("text"))
        .map(|(label, document)| (label.to_owned(), document))
        .expect("PEM");
    let windows: Vec<&[u8]> = document.as_bytes().windows(8).collect();
    assert!(seed.windows(8).all(|part| !windows.contains(&part)));
    // The same search finds it where it is plain.
    change_passphrase(&home.key, &home.with(PASSPHRASE), Change::ToNone).expect("changed");
    let text = fs::read_to_string(&home.key).expect("text");
    let document = SecretDocument::from_pem(&text).expect("PEM").1;
    assert!(seed.windows(8).all(|part| document.as_bytes().windows(8).any(|window| window == part)));
}

#[test]
fn the_wrong_passphrase_is_told_from_a_missing_one() {
    let home = Home::new();
    home.create(Some(PASSPHRASE));
    let before = fs::read(&home.key).expect("there");
    for _ in 0..5 {
        let wrong = home.load(&home.with("drei lange Worte"));
        let Err(PrivateKeyError::WrongPassphrase { key, left: None }) = wrong else { panic!("{wrong:?}") };
        assert_eq!(key, home.key.display().to_string());
    }
    let missing = home.load(&Unlock::unattended());
    assert!(matches!(missing, Err(PrivateKeyError::Passphrase(PassphraseError::Missing { .. }))), "{missing:?}");
    assert_eq!(fs::read(&home.key).expect("there"), before);
    assert!(home.load(&home.with(PASSPHRASE)).is_ok(), "nothing is locked");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    for guard in [None, Some(PASSPHRASE)] {
        let home = Home::new();
        home.create(guard);
        fs::set_permissions(&home.key, fs::Permissions::from_mode(0o640)).expect("changed");
        assert!(matches!(home.load(&home.with(PASSPHRASE)), Err(PrivateKeyError::NotPrivate { .. })));
    }
}

#[test]
fn what_is_not_a_key_is_refused() {
    let home = Home::new();
    let key = home.create(Some(PASSPHRASE));
    drop(key);
    let good = fs::read_to_string(&home.key).expect("text");
    let other_label = good.replace("ENCRYPTED PRIVATE KEY", "PUBLIC KEY");
    let not_encrypted = good.replace("ENCRYPTED PRIVATE KEY", "PRIVATE KEY");
    let huge = format!("{}{good}", "x".repeat(MAX_FILE_BYTES));
    let empty = "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n";
    for bad in [&other_label, &not_encrypted, &huge, empty, "", "x"] {
        home.write(bad);
        let refused = home.load(&home.with(PASSPHRASE));
        assert!(matches!(refused, Err(PrivateKeyError::NotAKey { .. })), "{refused:?}: {bad}");
    }
    fs::write(&home.key, b"\xff\xfe").expect("written");
    assert!(matches!(home.load(&Unlock::unattended()), Err(PrivateKeyError::NotAKey { .. })));
}

#[test]
fn another_passphrase_opens_the_same_key() {
    let home = Home::new();
    let key = home.create(None);
    let old = home.passphrase_file("old", "alte alte alte alte\n");
    change_passphrase(&home.key, &Unlock::unattended(), Change::ToFile(&old)).expect("encrypted");
    let new = home.passphrase_file("new", "neue neue neue neue");
    let wrong = change_passphrase(&home.key, &home.with("falsch"), Change::ToFile(&new));
    assert!(matches!(wrong, Err(PrivateKeyError::WrongPassphrase { .. })), "{wrong:?}");
    change_passphrase(&home.key, &home.with("alte alte alte alte"), Change::ToFile(&new)).expect("changed");
    #[cfg(unix)]
    assert_eq!(mode(&home.key), 0o600);
    let opened = home.load(&home.with("neue neue neue neue")).expect("read");
    assert_eq!(opened.verifying_key(), key.verifying_key());
    let old = home.load(&home.with("alte alte alte alte"));
    assert!(matches!(old, Err(PrivateKeyError::WrongPassphrase { .. })), "{old:?}");
    let others: Vec<_> =
        fs::read_dir(home.folder.path()).expect("listed").flatten().map(|entry| entry.file_name()).collect();
    assert!(others.iter().all(|name| !name.to_string_lossy().starts_with(".draft")), "{others:?}");
}

#[cfg(unix)]
#[test]
fn a_changed_file_keeps_its_rights_and_its_place() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    home.create(None);
    fs::set_permissions(&home.key, fs::Permissions::from_mode(0o400)).expect("changed");
    let link = home.folder.path().join("link.key");
    std::os::unix::fs::symlink(&home.key, &link).expect("linked");
    let new = home.passphrase_file("new", "neue neue neue neue");
    change_passphrase(&link, &Unlock::unattended(), Change::ToFile(&new)).expect("changed");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(mode(&home.key), 0o400);
    assert!(home.load(&home.with("neue neue neue neue")).is_ok());
}

/// A file whose passphrase costs this much, with nothing in it.
fn costly(kdf: Kdf) -> String {
    let encryption = Cipher::Aes256Cbc { iv: [0; 16] };
    let encrypted = pkcs8::EncryptedPrivateKeyInfoOwned {
        encryption_algorithm: Parameters { kdf, encryption }.into(),
        encrypted_data: OctetString::new([0; 48]).expect("short"),
    };
    encrypted.to_pem(LineEnding::LF).expect("PEM")
}

fn scrypt_costs(cost_parameter: u64, block_size: u16, parallelization: u16) -> Kdf {
    let salt = pkcs5::pbes2::Salt::new([0; 16]).expect("short");
    Kdf::Scrypt(ScryptParams { salt, cost_parameter, block_size, parallelization, key_length: None })
}

#[test]
fn a_hostile_file_takes_no_memory_and_no_time() {
    let home = Home::new();
    let rounds = |rounds| Kdf::Pbkdf2(Pbkdf2Params::hmac_sha256(rounds, &[0; 16]).expect("parameters"));
    for kdf in [
        scrypt_costs(1 << 40, 8, 1),
        scrypt_costs(1 << 19, 8, 1),
        scrypt_costs(1 << 14, u16::MAX, 1),
        scrypt_costs(1 << 14, 8, u16::MAX),
        scrypt_costs(1 << 63, u16::MAX, u16::MAX),
        rounds(10_000_001),
    ] {
        home.write(&costly(kdf.clone()));
        let refused = home.load(&home.with(PASSPHRASE));
        assert!(matches!(refused, Err(PrivateKeyError::TooCostly { .. })), "{refused:?}: {kdf:?}");
    }
    for cost in [0, 3, (1 << 14) + 1] {
        home.write(&costly(scrypt_costs(cost, 8, 1)));
        let refused = home.load(&home.with(PASSPHRASE));
        assert!(matches!(refused, Err(PrivateKeyError::NotAKey { .. })), "{refused:?}: {cost}");
    }
    // What others recommend is allowed.
    home.write(&costly(scrypt_costs(1 << 17, 8, 1)));
    let wrong = home.load(&home.with(PASSPHRASE));
    assert!(matches!(wrong, Err(PrivateKeyError::WrongPassphrase { .. })), "{wrong:?}");
}

/// Runs `openssl` if there is one.
fn openssl(arguments: &[&str]) -> Option<bool> {
    let mut openssl = Command::new("openssl");
    let status = openssl.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.ok().map(|status| status.success())
}

#[test]
fn openssl_and_we_read_each_other() {
    if openssl(&["version"]).is_none() {
        assert!(std::env::var_os("CI").is_none(), "in CI there is openssl");
        return;
    }
    let home = Home::new();
    let text = |path: &Path| path.to_str().expect("text").to_owned();
    let secret = home.passphrase_file("secret", PASSPHRASE);
    let (theirs, source) = (text(&home.key), format!("file:{}", text(&secret)));
    let plain = text(&home.folder.path().join("plain"));
    assert_eq!(openssl(&["genpkey", "-algorithm", "ed25519", "-out", &plain]), Some(true));
    let base = ["pkcs8", "-topk8", "-in", &plain, "-out", &theirs, "-passout", &source];
    for kind in [&["-scrypt"][..], &["-v2", "aes-256-cbc"], &["-v2", "aes-128-cbc", "-iter", "600000"]] {
        let _ = fs::remove_file(&home.key);
        host::create_private(&home.key).expect("made");
        assert_eq!(openssl(&[&base[..], kind].concat()), Some(true), "{kind:?}");
        assert!(home.load(&home.with(PASSPHRASE)).is_ok(), "{kind:?}: {:?}", home.load(&home.with(PASSPHRASE)));
    }
    assert_eq!(openssl(&[&base[..], &["-v2", "des-ede3-cbc"]].concat()), Some(true));
    let unknown = home.load(&home.with(PASSPHRASE));
    assert!(matches!(unknown, Err(PrivateKeyError::UnknownEncryption { .. })), "{unknown:?}");

    fs::remove_file(&home.key).expect("removed");
    home.create(Some(PASSPHRASE));
    assert_eq!(openssl(&["pkey", "-in", &theirs, "-passin", &source, "-noout"]), Some(true));
    assert_eq!(openssl(&["pkey", "-in", &theirs, "-passin", "pass:falsch", "-noout"]), Some(false));
}

// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Private keys in a token or HSM, over PKCS#11: the key is made there, signs there, and cannot be taken out.

Only this file knows PKCS#11. The module of the token's maker is loaded by its path, which stands in the configuration:
it is code that runs in this process, and whoever may write the configuration may choose it.
*/

use std::{
    fmt,
    path::{Component, Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Function, Pkcs11},
    error::{Error, RvError},
    mechanism::{
        Mechanism,
        eddsa::{EddsaParams, EddsaSignatureScheme},
    },
    object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    slot::{Slot, TokenInfo},
    types::AuthPin,
};
use proof::{
    encoding::{hex_decode, hex_encode},
    key::{Algorithm, KeyName, SignError, Signer, VerifyingKey},
};
use serde::{Deserialize, Serialize};

use super::{Passphrase, PrivateKeyError, random};

/// `[token]` of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenSettings {
    /// The module of the token's maker. A path counts from the configuration; a bare name is looked for by the system.
    pub module: PathBuf,
    /// The token's label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The token's serial number, instead of its label or beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The label of the key in the token (`CKA_LABEL`), or `id:` and the hexadecimal digits of its `CKA_ID`.
    pub key: String,
}

impl TokenSettings {
    /// The settings for a token by its label. The path of the module counts from the current folder.
    pub fn new(module: &Path, label: String, key: String) -> Self {
        let module = if is_bare(module) { module.to_owned() } else { absolute(module) };
        Self { module, label: Some(label), serial: None, key }
    }
}

/// Whether a module is looked for by the system.
fn is_bare(module: &Path) -> bool {
    matches!(module.components().collect::<Vec<_>>()[..], [Component::Normal(_)])
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// A key in a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenPlace {
    module: PathBuf,
    label: Option<String>,
    serial: Option<String>,
    key: KeyId,
}

/// How a key is called in its token.
#[derive(Debug, Clone, PartialEq, Eq)]
enum KeyId {
    Label(String),
    Id(Vec<u8>),
}

impl TokenPlace {
    /// What settings in the folder `base` mean; `None` if they name no token, or no key.
    pub fn new(settings: &TokenSettings, base: &Path) -> Option<Self> {
        let TokenSettings { module, label, serial, key } = settings.clone();
        let module = if is_bare(&module) { module } else { base.join(module) };
        let key = match key.strip_prefix("id:") {
            Some(hex) => {
                let id = hex_decode(hex.to_ascii_lowercase().as_bytes()).filter(|id| !id.is_empty());
                KeyId::Id(id?)
            }
            None => KeyId::Label(key),
        };
        let named = label.is_some() || serial.is_some();
        (named && key != KeyId::Label(String::new())).then_some(Self { module, label, serial, key })
    }

    /// The same token with another key in it.
    pub(super) fn with_key(&self, label: String) -> Self {
        Self { key: KeyId::Label(label), ..self.clone() }
    }

    /// How the key is called, as `[token]` has it in `key`.
    pub fn key(&self) -> String {
        match &self.key {
            KeyId::Label(label) => label.clone(),
            KeyId::Id(id) => format!("id:{}", hex_encode(id)),
        }
    }

    fn token(&self) -> String {
        self.label.clone().or_else(|| self.serial.clone()).unwrap_or_default()
    }

    fn attribute(&self) -> Attribute {
        match &self.key {
            KeyId::Label(label) => Attribute::Label(label.clone().into_bytes()),
            KeyId::Id(id) => Attribute::Id(id.clone()),
        }
    }
}

/// `TOKEN/KEY`
impl fmt::Display for TokenPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.token(), self.key())
    }
}

/// What a token says after a wrong PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriesLeft {
    /// More than one.
    Some,
    /// One: after another wrong PIN it is locked.
    One,
    /// None: it is locked.
    None,
}

/// Why a token cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The module of the token's maker cannot be loaded.
    #[error("{module}: {text}")]
    Module {
        /// Which module.
        module: PathBuf,
        /// What the system or the module says.
        text: String,
    },
    /// No token of this label or serial number is there.
    #[error("there is no token {token}")]
    Missing {
        /// Its label or serial number.
        token: String,
    },
    /// More than one token has this label or serial number.
    #[error("there are several tokens {token}")]
    Ambiguous {
        /// Its label or serial number.
        token: String,
    },
    /// The token was pulled out, or does not answer any more.
    #[error("the token {token} is gone: {text}")]
    Gone {
        /// Its label or serial number.
        token: String,
        /// What the module says.
        text: String,
    },
    /// The token is locked after too many wrong PINs.
    #[error("the token {token} is locked")]
    Locked {
        /// Its label or serial number.
        token: String,
    },
    /// The token has no such key.
    #[error("there is no key {key}")]
    NoKey {
        /// Token and key.
        key: String,
    },
    /// The token has a key of this name already.
    #[error("there is a key {key} already")]
    KeyExists {
        /// Token and key.
        key: String,
    },
    /// The key is not one of Ed25519.
    #[error("{key} is not an Ed25519 key")]
    NotAKey {
        /// Token and key.
        key: String,
    },
    /// The token makes no keys of Ed25519, or none that stay in it.
    #[error("the token {token} makes no Ed25519 keys that stay in it")]
    Unsuitable {
        /// Its label or serial number.
        token: String,
    },
    /// A token is never without a PIN.
    #[error("a token is never without a PIN")]
    NeedsPin,
    /// The token refuses something.
    #[error("the token {token}: {text}")]
    Refused {
        /// Its label or serial number.
        token: String,
        /// What the module says.
        text: String,
    },
}

/// A token that its PIN has opened.
pub(super) struct Unlocked {
    session: Session,
    info: TokenInfo,
    place: TokenPlace,
    pin: AuthPin,
}

/// Opens a token with its PIN.
pub(super) fn unlock(place: &TokenPlace, pin: &Passphrase) -> Result<Unlocked, PrivateKeyError> {
    let (context, slot) = find(place)?;
    let failed = |error| failure(place, &error);
    let session = context.open_rw_session(slot).map_err(failed)?;
    let pin = AuthPin::new(pin.reveal().into());
    match session.login(UserType::User, Some(&pin)) {
        // Whoever opened the same token before in this process has logged in for all.
        Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
        Err(Error::Pkcs11(RvError::PinIncorrect | RvError::PinLenRange | RvError::PinInvalid, _)) => {
            let info = context.get_token_info(slot).map_err(failed)?;
            return Err(PrivateKeyError::WrongPassphrase { key: place.to_string(), left: Some(tries_left(&info)) });
        }
        Err(error) => return Err(failed(error).into()),
    }
    let info = context.get_token_info(slot).map_err(failed)?;
    Ok(Unlocked { session, info, place: place.clone(), pin })
}

fn tries_left(info: &TokenInfo) -> TriesLeft {
    match (info.user_pin_locked(), info.user_pin_final_try()) {
        (true, _) => TriesLeft::None,
        (false, true) => TriesLeft::One,
        (false, false) => TriesLeft::Some,
    }
}

/// The one token that is meant.
fn find(place: &TokenPlace) -> Result<(Pkcs11, Slot), TokenError> {
    let failed = |error: Error| TokenError::Module { module: place.module.clone(), text: error.to_string() };
    let context = Pkcs11::new(&place.module).map_err(failed)?;
    match context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(error) => return Err(failed(error)),
    }
    let mut found = Vec::new();
    for slot in context.get_slots_with_token().map_err(failed)? {
        // Of a token that goes away meanwhile nothing is wanted.
        let Ok(info) = context.get_token_info(slot) else { continue };
        let is = |wanted: &Option<String>, got: &str| wanted.as_ref().is_none_or(|wanted| wanted == got);
        if is(&place.label, info.label()) && is(&place.serial, info.serial_number()) {
            found.push(slot);
        }
    }
    match found[..] {
        [slot] => Ok((context, slot)),
        [] => Err(TokenError::Missing { token: place.token() }),
        _ => Err(TokenError::Ambiguous { token: place.token() }),
    }
}

impl Unlocked {
    /// The fewest characters of a PIN, as the token has it.
    pub(super) fn min_pin_characters(&self) -> usize {
        self.info.min_pin_length()
    }

    /// Gives the token another PIN.
    pub(super) fn change_pin(&self, new: &Passphrase) -> Result<(), TokenError> {
        let new = AuthPin::new(new.reveal().into());
        self.session.set_pin(&self.pin, &new).map_err(|error| failure(&self.place, &error))
    }

    /// The objects of the key.
    fn objects(&self, class: ObjectClass) -> Result<Vec<ObjectHandle>, TokenError> {
        let wanted = [Attribute::Token(true), Attribute::Class(class), self.place.attribute()];
        self.session.find_objects(&wanted).map_err(|error| failure(&self.place, &error))
    }

    fn signer(self, name: &KeyName) -> Result<TokenKey, TokenError> {
        let key = self.place.to_string();
        let no_key = || TokenError::NoKey { key: key.clone() };
        let not_a_key = || TokenError::NotAKey { key: key.clone() };
        let private = self.objects(ObjectClass::PRIVATE_KEY)?.into_iter().next().ok_or_else(no_key)?;
        let public = self.objects(ObjectClass::PUBLIC_KEY)?.into_iter().next().ok_or_else(no_key)?;
        let attributes = self.session.get_attributes(public, &[AttributeType::KeyType, AttributeType::EcPoint]);
        let attributes = attributes.map_err(|error| failure(&self.place, &error))?;
        let mut point = None;
        for attribute in attributes {
            match attribute {
                Attribute::KeyType(kind) if kind != KeyType::EC_EDWARDS => return Err(not_a_key()),
                Attribute::EcPoint(bytes) => point = raw_point(&bytes),
                _ => {}
            }
        }
        let public = point.and_then(|raw| VerifyingKey::from_raw(name, Algorithm::Ed25519, &raw).ok());
        let public = public.ok_or_else(not_a_key)?;
        Ok(TokenKey { public, token: self.place.token(), private, session: Mutex::new(self.session) })
    }
}

/// The 32 bytes of a public key: bare, or in an OCTET STRING as the standard wants them.
fn raw_point(bytes: &[u8]) -> Option<[u8; 32]> {
    let bare = if bytes.len() == 32 { bytes } else { bytes.strip_prefix(&[0x04, 32])? };
    bare.try_into().ok()
}

/// A key in a token, ready to sign.
struct TokenKey {
    public: VerifyingKey,
    token: String,
    private: ObjectHandle,
    /// One signature at a time: a session has one operation.
    session: Mutex<Session>,
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenKey({})", self.public)
    }
}

impl Signer for TokenKey {
    fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let ed25519 = Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Ed25519));
        let signature = session.sign(&ed25519, self.private, message).map_err(|error| {
            let text = format!("{}: {error}", self.token);
            if is_gone(&error) { SignError::Gone(text) } else { SignError::Refused(text) }
        })?;
        signature.try_into().map_err(|_| SignError::NotASignature { key: self.public.fingerprint() })
    }
}

/// Opens the key in a token.
pub(super) fn open(
    place: &TokenPlace,
    name: &KeyName,
    pin: &Passphrase,
) -> Result<impl Signer + use<>, PrivateKeyError> {
    Ok(unlock(place, pin)?.signer(name)?)
}

/// Makes a key in a token, which must have none of that name.
pub(super) fn create(
    place: &TokenPlace,
    name: &KeyName,
    pin: &Passphrase,
) -> Result<impl Signer + use<>, PrivateKeyError> {
    /// The name of the curve in the `EC_PARAMS`, as PKCS#11 3.0 has it: `PrintableString` "edwards25519".
    const EDWARDS25519: &[u8] = b"\x13\x0cedwards25519";
    let token = unlock(place, pin)?;
    for class in [ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY] {
        if !token.objects(class)?.is_empty() {
            return Err(TokenError::KeyExists { key: place.to_string() }.into());
        }
    }
    let id = match &place.key {
        KeyId::Id(id) => id.clone(),
        KeyId::Label(_) => random::<8>().map_err(PrivateKeyError::NoRandomness)?.to_vec(),
    };
    let label = Attribute::Label(place.key().into_bytes());
    let both = [Attribute::Token(true), label, Attribute::Id(id)];
    let public = [Attribute::Private(false), Attribute::Verify(true), Attribute::EcParams(EDWARDS25519.to_vec())];
    let private =
        [Attribute::Private(true), Attribute::Sensitive(true), Attribute::Extractable(false), Attribute::Sign(true)];
    let (public, private) = ([&both[..], &public].concat(), [&both[..], &private].concat());
    let made = token.session.generate_key_pair(&Mechanism::EccEdwardsKeyPairGen, &public, &private);
    let (_, made) = made.map_err(|error| match error {
        Error::Pkcs11(RvError::MechanismInvalid | RvError::CurveNotSupported | RvError::DomainParamsInvalid, _) => {
            TokenError::Unsuitable { token: place.token() }
        }
        error => failure(place, &error),
    })?;
    let kept = token.session.get_attributes(made, &[AttributeType::Sensitive, AttributeType::Extractable]);
    if kept.map_err(|error| failure(place, &error))? != [Attribute::Sensitive(true), Attribute::Extractable(false)] {
        return Err(TokenError::Unsuitable { token: place.token() }.into());
    }
    Ok(token.signer(name)?)
}

fn failure(place: &TokenPlace, error: &Error) -> TokenError {
    let (token, text) = (place.token(), error.to_string());
    match error {
        Error::Pkcs11(RvError::PinLocked, _) => TokenError::Locked { token },
        error if is_gone(error) => TokenError::Gone { token, text },
        _ => TokenError::Refused { token, text },
    }
}

/// Whether the token is not there any more, rather than unwilling.
fn is_gone(error: &Error) -> bool {
    use RvError as R;
    match error {
        Error::Pkcs11(code, function) => match code {
            R::TokenNotPresent
            | R::TokenNotRecognized
            | R::DeviceRemoved
            | R::DeviceError
            | R::SlotIdInvalid
            | R::SessionHandleInvalid
            | R::SessionClosed
            | R::KeyHandleInvalid
            | R::ObjectHandleInvalid
            | R::UserNotLoggedIn
            | R::CryptokiNotInitialized => true,
            // What modules say that lost their token without having noticed.
            R::GeneralError | R::FunctionFailed => matches!(function, Function::Sign | Function::SignInit),
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests;

// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! How a ledger is served: from a file, then from the environment, then from the command line.

use std::{
    fmt::Write as _,
    fs, io,
    num::NonZeroU32,
    path::{Path, PathBuf},
};

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::postgres::Address;

/// How a ledger is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The folder or database of the ledger; not set if empty.
    pub ledger: String,
    /// The folder with the keys of a ledger in a database; not set if empty.
    pub keys: String,
    /// Where it listens.
    pub listen: String,
    /// Whose word is taken for the address of a client.
    pub trusted_proxies: Vec<IpNet>,
    /// How the log is written.
    pub log: LogFormat,
    /// After so many seconds without a new checkpoint, the published one is cosigned again.
    pub refresh_every_s: NonZeroU32,
    /// So many requests a minute are answered to one client address; 0 is no limit.
    pub requests_per_minute: u32,
    /// So many statements a minute are taken in of one school or ministry; 0 is no limit.
    pub statements_per_minute: u32,
    /// So many connections are open at once.
    pub max_connections: NonZeroU32,
    /// So many requests are worked on at once.
    pub max_requests: NonZeroU32,
    /// So many statements wait to be taken in at once.
    pub max_waiting: NonZeroU32,
    /// So many MiB of full entry bundles are kept at hand.
    pub cache_mib: NonZeroU32,
    /// So many seconds a request may take to arrive, and a statement to be taken in.
    pub request_timeout_s: NonZeroU32,
    /// So many seconds requests under way get when the server is stopped.
    pub shutdown_within_s: NonZeroU32,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// Every setting with what the sample file says of it.
pub const KEYS: [(&str, &str); 14] = [
    ("ledger", "The folder of the ledger, or its database: postgres://user@host/database."),
    ("keys", "The folder with the keys of a ledger in a database."),
    ("listen", "Host and port to listen at."),
    ("trusted_proxies", "Networks of reverse proxies whose X-Forwarded-For is believed, such as [\"10.0.0.0/8\"]."),
    ("log", "\"text\" or \"json\"."),
    ("refresh_every_s", "The checkpoint is cosigned again when it is older than this, in seconds."),
    ("requests_per_minute", "Requests a minute of one client address; 0: no limit."),
    ("statements_per_minute", "Statements a minute of one school or ministry; 0: no limit."),
    ("max_connections", "Connections open at once."),
    ("max_requests", "Requests worked on at once; further ones are told to come back."),
    ("max_waiting", "Statements that wait at once; further ones are told to come back."),
    ("cache_mib", "Memory for full entry bundles at hand, in MiB: what is in it is not read from the disk again."),
    ("request_timeout_s", "How long a request may take to arrive, and a statement to be taken in, in seconds."),
    ("shutdown_within_s", "How long requests under way may take when the server is stopped, in seconds."),
];

/// What the names of settings in the environment begin with.
const PREFIX: &str = "SCHULSIEGEL_";

impl Default for Settings {
    fn default() -> Self {
        const fn at_least_one(number: u32) -> NonZeroU32 {
            NonZeroU32::new(number).expect("not 0")
        }
        Self {
            ledger: String::new(),
            keys: String::new(),
            listen: "127.0.0.1:8440".to_owned(),
            trusted_proxies: Vec::new(),
            log: LogFormat::Text,
            refresh_every_s: const { at_least_one(3_600) },
            requests_per_minute: 6_000,
            statements_per_minute: 120,
            max_connections: const { at_least_one(1_024) },
            max_requests: const { at_least_one(256) },
            max_waiting: const { at_least_one(1_024) },
            cache_mib: const { at_least_one(256) },
            request_timeout_s: const { at_least_one(30) },
            shutdown_within_s: const { at_least_one(30) },
        }
    }
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not of its form.
    #[error("{path}: {text}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        text: String,
    },
    /// A variable of the environment is not of its form.
    #[error("{name}: not a value for this setting: {value}")]
    BadVariable {
        /// Which variable.
        name: String,
        /// Its value.
        value: String,
    },
}

impl Settings {
    /// Reads settings: those of the file, overridden by `variable`, which looks a name up in the environment. A relative
    /// folder in the file counts from the file.
    ///
    /// # Errors
    /// If something is missing or not of its form; unknown keys are refused.
    pub fn load(file: Option<&Path>, variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let mut settings = file.map_or_else(|| Ok(Self::default()), Self::read)?;
        for (key, _) in KEYS {
            let name = format!("{PREFIX}{}", key.to_uppercase());
            let Some(value) = variable(&name).filter(|value| !value.is_empty()) else { continue };
            let overridden = settings.with(key, &value);
            settings = overridden.ok_or(SettingsError::BadVariable { name, value })?;
        }
        Ok(settings)
    }

    fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = fs::read_to_string(path).map_err(|source| SettingsError::Io { path: path.to_owned(), source })?;
        let malformed = |text| SettingsError::Malformed { path: path.to_owned(), text };
        let mut settings: Self = cli::from_toml(&text).map_err(malformed)?;
        for place in [&mut settings.ledger, &mut settings.keys] {
            if !place.is_empty() && !place.contains("://") {
                let folder = path.parent().unwrap_or(Path::new("")).join(&*place);
                let not_text = || malformed("the path of a folder is no text".to_owned());
                *place = folder.into_os_string().into_string().map_err(|_| not_text())?;
            }
        }
        Ok(settings)
    }

    /// With another value for one setting; `None` if it is not of its form.
    fn with(&self, key: &str, text: &str) -> Option<Self> {
        let mut table = Table::try_from(self).ok()?;
        let value = match table.get(key)? {
            Value::Integer(_) => Value::Integer(i64::try_from(proof::encoding::decimal(text)?).ok()?),
            Value::Array(_) => text.split(',').map(|item| Value::from(item.trim())).collect::<Vec<_>>().into(),
            _ => Value::from(text),
        };
        table.insert(key.to_owned(), value);
        table.try_into().ok()
    }

    /// The settings as a file, each with what it means.
    ///
    /// # Panics
    /// Never: every setting has a form in TOML.
    pub fn to_text(&self) -> String {
        // A password that stands in the address is not for those who look at the settings.
        let ledger =
            Address::parse(&self.ledger).map_or_else(|| cli::discreet(&self.ledger), |address| address.to_string());
        let shown = Self { ledger, ..self.clone() };
        let table = Table::try_from(&shown).expect("texts, numbers and lists are TOML");
        let mut text = String::new();
        for (key, meaning) in KEYS {
            let value = table.get(key).map(Value::to_string).unwrap_or_default();
            let _ = writeln!(text, "# {meaning}\n{key} = {value}\n");
        }
        text.truncate(text.trim_end().len() + 1);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("serve.toml");
        fs::write(&path, text).expect("written");
        let find =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let mut settings = Settings::load(Some(&path), find)?;
        settings.ledger = settings.ledger.replace(folder.path().to_str().expect("text"), "HERE");
        Ok(settings)
    }

    #[test]
    fn every_setting_is_explained_and_the_sample_is_what_is_used() {
        let settings = Settings::default();
        let keys: Vec<_> = Table::try_from(&settings).expect("a table").keys().cloned().collect();
        let mut explained = KEYS.map(|(key, _)| key.to_owned());
        explained.sort();
        assert_eq!(keys, explained);
        let text = settings.to_text();
        assert_eq!(toml::from_str::<Settings>(&text).expect("settings"), settings);
        assert!(
            text.starts_with(
                "# The folder of the ledger, or its database: postgres://user@host/database.\nledger = \"\"\n\n# The"
            ),
            "{text}"
        );
        assert!(text.ends_with("shutdown_within_s = 30\n"), "{text}");
    }

    #[test]
    fn a_password_is_used_and_not_shown() {
        let settings = load("ledger = \"postgres://u:secret@h/d\"\nkeys = \"keys\"\n", &[]).expect("settings");
        assert_eq!(settings.ledger, "postgres://u:secret@h/d");
        let text = settings.to_text();
        assert!(text.contains("ledger = \"postgres://u@h/d\"\n") && !text.contains("secret"), "{text}");
        assert!(settings.keys.ends_with("/keys"), "{}", settings.keys);
    }

    #[test]
    fn the_environment_stands_above_the_file() {
        let file = "ledger = \"ledger\"\nlisten = \"[::1]:80\"\nrequests_per_minute = 1\n";
        let settings = load(file, &[]).expect("settings");
        assert_eq!((settings.ledger.as_str(), settings.listen.as_str()), ("HERE/ledger", "[::1]:80"));
        let variables = [
            ("SCHULSIEGEL_LISTEN", "0.0.0.0:443"),
            ("SCHULSIEGEL_REQUESTS_PER_MINUTE", "7"),
            ("SCHULSIEGEL_TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8"),
            ("SCHULSIEGEL_LEDGER", "elsewhere"),
            ("SCHULSIEGEL_LOG", "json"),
            ("SCHULSIEGEL_MAX_WAITING", ""),
        ];
        let settings = load(file, &variables).expect("settings");
        assert_eq!((settings.ledger.as_str(), settings.listen.as_str()), ("elsewhere", "0.0.0.0:443"));
        assert_eq!((settings.requests_per_minute, settings.log), (7, LogFormat::Json));
        let networks: Vec<_> = settings.trusted_proxies.iter().map(ToString::to_string).collect();
        assert_eq!(networks, ["10.0.0.0/8", "fd00::/8"]);
        assert_eq!(settings.max_waiting, Settings::default().max_waiting);
    }

    #[test]
    fn what_is_not_a_setting_is_refused() {
        for bad in [
            "port = 80",
            "listen = 80",
            "max_waiting = 0",
            "refresh_every_s = -1",
            "log = \"xml\"",
            "trusted_proxies = [\"10.0.0.0/33\"]",
            "listen",
        ] {
            assert!(matches!(load(bad, &[]), Err(SettingsError::Malformed { .. })), "{bad}");
        }
        for bad in [("MAX_WAITING", "0"), ("MAX_WAITING", "many"), ("LOG", "xml"), ("TRUSTED_PROXIES", "all")] {
            let name = format!("{PREFIX}{}", bad.0);
            let outcome = load("", &[(&name, bad.1)]);
            assert!(matches!(outcome, Err(SettingsError::BadVariable { name: got, .. }) if got == name), "{bad:?}");
        }
        assert!(matches!(Settings::load(Some(Path::new("/nowhere")), |_| None), Err(SettingsError::Io { .. })));
    }
}

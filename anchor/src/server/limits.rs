// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
How much one client or one school may ask for.

A school's statements are counted when the ledger has taken them in: then its signature was checked, so that nobody can
use up the share of another by claiming its name.
*/

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::HeaderMap;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use ipnet::IpNet;
use proof::key::KeyName;

use super::Settings;

/// Where a list of proxies stands.
const FORWARDED: &str = "x-forwarded-for";

pub(super) struct Limits {
    proxies: Vec<IpNet>,
    clients: Option<DefaultKeyedRateLimiter<IpAddr>>,
    schools: Option<DefaultKeyedRateLimiter<KeyName>>,
    /// Whose share is used up, and until when.
    waiting: Mutex<HashMap<KeyName, Instant>>,
}

impl Limits {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            proxies: settings.trusted_proxies.clone(),
            clients: NonZeroU32::new(settings.requests_per_minute).map(a_minute),
            schools: NonZeroU32::new(settings.statements_per_minute).map(a_minute),
            waiting: Mutex::default(),
        }
    }

    /// Counts a request of a client. `Err` with how long to wait if it is one too many.
    pub(super) fn request(&self, client: IpAddr) -> Result<(), Duration> {
        let Some(clients) = &self.clients else { return Ok(()) };
        clients.check_key(&one_household(client)).map_err(|until| until.wait_time_from(clients.clock().now()))
    }

    /// Whether statements of a school are taken at the moment. `Err` with how long to wait if not.
    pub(super) fn may_speak(&self, school: &KeyName) -> Result<(), Duration> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let left = waiting.get(school).map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
        if left.is_zero() { Ok(()) } else { Err(left) }
    }

    /// Counts a statement that was taken in.
    pub(super) fn spoke(&self, school: &KeyName) {
        let Some(schools) = &self.schools else { return };
        // The one that uses the share up is found out by asking for the next.
        let Err(until) = schools.check_key(school) else { return };
        let wait = until.wait_time_from(schools.clock().now());
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.insert(school.clone(), Instant::now() + wait);
    }

    /// Forgets those who have their whole share again.
    pub(super) fn tidy(&self) {
        if let Some(clients) = &self.clients {
            clients.retain_recent();
            clients.shrink_to_fit();
        }
        if let Some(schools) = &self.schools {
            schools.retain_recent();
            schools.shrink_to_fit();
        }
        let now = Instant::now();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, until| *until > now);
    }

    /// Who asks: the nearest address that no trusted proxy has.
    pub(super) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let is_proxy = |address: &IpAddr| self.proxies.iter().any(|network| network.contains(address));
        let mut client = peer.to_canonical();
        let lists: Vec<_> = headers.get_all(FORWARDED).iter().filter_map(|list| list.to_str().ok()).collect();
        // Each proxy adds whom it was asked by at the end: only what stands behind a trusted one is true.
        for named in lists.iter().flat_map(|list| list.split(',')).rev() {
            if !is_proxy(&client) {
                break;
            }
            let Ok(named) = named.trim().parse::<IpAddr>() else { break };
            client = named.to_canonical();
        }
        client
    }
}

fn a_minute<K: std::hash::Hash + Eq + Clone>(number: NonZeroU32) -> DefaultKeyedRateLimiter<K> {
    RateLimiter::keyed(Quota::per_minute(number))
}

/// One household has 2^64 addresses of the sixth version.
fn one_household(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_a_trusted_proxy_says_who_asks() {
        let trusted_proxies = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().expect("a network")).to_vec();
        let limits = Limits::new(&Settings { trusted_proxies, ..Settings::default() });
        let client = |peer, lists: &[&str]| {
            let mut headers = HeaderMap::new();
            for list in lists {
                headers.append(FORWARDED, list.parse().expect("a value"));
            }
            limits.client(address(peer), &headers).to_string()
        };
        assert_eq!(client("192.0.2.1", &["198.51.100.7"]), "192.0.2.1", "not a proxy");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("10.0.0.1", &["1.1.1.1, 198.51.100.7"]), "198.51.100.7", "what it was told is not believed");
        assert_eq!(client("10.0.0.1", &["198.51.100.7, 10.0.0.2"]), "198.51.100.7", "two proxies");
        assert_eq!(client("10.0.0.1", &["198.51.100.7", "10.0.0.2"]), "198.51.100.7", "two lists");
        assert_eq!(client("10.0.0.1", &["198.51.100.7, unknown"]), "10.0.0.1");
        assert_eq!(client("::ffff:10.0.0.1", &["2001:db8::1"]), "2001:db8::1");
        assert_eq!(client("fd00::1", &["::ffff:198.51.100.7"]), "198.51.100.7");
    }

    #[test]
    fn a_client_has_its_share_and_others_theirs() {
        let limits = Limits::new(&Settings { requests_per_minute: 2, ..Settings::default() });
        let ask = |client| limits.request(address(client)).is_ok();
        assert_eq!(["192.0.2.1"; 3].map(ask), [true, true, false]);
        assert_eq!(["192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8::3"].map(ask), [true, true, true, false]);
        assert!(ask("2001:db8:0:1::1"));
        limits.tidy();
        assert!(!ask("192.0.2.1"), "who has used it up is not forgotten");
    }

    #[test]
    fn a_school_uses_up_its_share_by_what_was_taken_in() {
        let limits = Limits::new(&Settings { statements_per_minute: 2, ..Settings::default() });
        let [school, other] = ["a.example", "b.example"].map(|name| KeyName::parse(name).expect("a name"));
        for _ in 0..9 {
            assert_eq!(limits.may_speak(&school), Ok(()), "asking costs nothing");
        }
        limits.spoke(&school);
        limits.spoke(&school);
        assert_eq!(limits.may_speak(&school), Ok(()));
        limits.spoke(&school);
        limits.tidy();
        let wait = limits.may_speak(&school).expect_err("used up");
        assert!(wait <= Duration::from_secs(30), "{wait:?}");
        assert_eq!(limits.may_speak(&other), Ok(()));
    }

    #[test]
    fn no_limit_is_none() {
        let limits = Limits::new(&Settings { requests_per_minute: 0, statements_per_minute: 0, ..Settings::default() });
        let school = KeyName::parse("a.example").expect("a name");
        for _ in 0..1_000 {
            assert_eq!(limits.request(address("192.0.2.1")), Ok(()));
            limits.spoke(&school);
        }
        assert_eq!(limits.may_speak(&school), Ok(()));
    }
}

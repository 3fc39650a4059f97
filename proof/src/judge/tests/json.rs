// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! What programs read.

use serde_json::Value;

use super::*;

const KEYS: [&str; 15] = [
    "verdict",
    "reason",
    "proven_at_issue",
    "certificate",
    "school",
    "kind",
    "issued",
    "admitted",
    "ledger",
    "index",
    "as_of",
    "tree_size",
    "issuer_status",
    "withdrawn",
    "sealed_part",
];

#[test]
fn json_has_every_key_in_order_and_null_for_what_is_unknown() {
    let (world, setting) = (World::with_batch(), Setting::default());
    let genuine = setting.judge(&world, &world.file());
    let wanted = format!(
        "{{\"verdict\":\"genuine\",\"reason\":null,\"proven_at_issue\":true,\"certificate\":\"{}\",\"school\":{{\"key_name\":\
         \"schule.example/07/12345\",\"name\":\"Gymnasium am Mühlenberg\",\"number\":\"12345\",\"place\":\"Mainz\",\"state\":\
         \"07\"}},\"kind\":\"abitur\",\"issued\":\"2026-11-23T16:43:41Z\",\"admitted\":\"2026-11-23T16:43:41Z\",\"ledger\":\
         \"ledger.example\",\"index\":1,\"as_of\":\"2026-11-23T16:43:41Z\",\"tree_size\":2,\"issuer_status\":\"accredited\",\
         \"withdrawn\":null,\"sealed_part\":null}}",
        world.certificate()
    );
    assert_eq!(serde_json::to_string(&genuine).expect("JSON"), wanted);

    let longer = setting.judge(&world, &[world.file(), b"x".to_vec()].concat());
    let with_part = serde_json::to_value(&longer).expect("JSON");
    assert_eq!(with_part["sealed_part"], serde_json::to_value(&genuine).expect("JSON"));

    let mut sorted = KEYS;
    sorted.sort_unstable();
    for (file, reason) in [(DOCUMENT.to_vec(), "no_locator"), (seal(DOCUMENT, b"nothing"), "malformed_proof")] {
        let value = serde_json::to_value(setting.judge(&world, &file)).expect("JSON");
        let object = value.as_object().expect("an object");
        let mut keys: Vec<_> = object.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, sorted);
        for (key, value) in
            object.iter().filter(|(key, _)| !["verdict", "reason", "proven_at_issue"].contains(&key.as_str()))
        {
            assert_eq!(value, &Value::Null, "{key}");
        }
        assert_eq!((&value["reason"], &value["proven_at_issue"]), (&Value::from(reason), &Value::from(false)));
    }
}

#[test]
fn json_of_what_was_withdrawn_says_by_whom_why_and_when() {
    let judged = |body: fn(CertificateId) -> Body| {
        let mut world = World::with_batch();
        world.submit_later(body(world.certificate()), &school());
        serde_json::to_value(Setting::default().judge(&world, &world.file())).expect("JSON")
    };
    let revoked = judged(|id| revoke(&[id]));
    let wanted =
        serde_json::json!({"by": "school", "reason": "error", "time": "2026-11-23T16:43:48Z", "successor": null});
    assert_eq!((&revoked["verdict"], &revoked["reason"]), (&Value::from("revoked"), &Value::Null));
    assert_eq!((&revoked["proven_at_issue"], &revoked["withdrawn"]), (&Value::from(true), &wanted));
    assert_eq!(revoked["as_of"], Value::from("2026-11-23T16:43:41Z"));
    assert_eq!(revoked["school"]["name"], Value::from("Gymnasium am Mühlenberg"));

    let replaced = judged(|id| Body::Replace(vec![(id, CertificateId(Hash([0xab; 32])))]));
    let wanted = serde_json::json!(
        {"by": "school", "reason": null, "time": "2026-11-23T16:43:48Z", "successor": "ab".repeat(32)}
    );
    assert_eq!((&replaced["verdict"], &replaced["withdrawn"]), (&Value::from("replaced"), &wanted));

    let withdrawal = Withdrawal { by: "authority", reason: None, time: None, successor: None };
    let empty = serde_json::to_string(&withdrawal).expect("JSON");
    assert_eq!(empty, "{\"by\":\"authority\",\"reason\":null,\"time\":null,\"successor\":null}");
}

#[test]
fn codes_and_json_agree() {
    use Verdict::{Genuine, NoSeal, NotGenuine, Replaced, Revoked, Undetermined};
    for reason in Reason::ALL {
        assert_eq!(serde_json::to_value(reason).expect("JSON"), Value::from(reason.code()));
    }
    for verdict in [Genuine, Revoked, Replaced, NotGenuine, NoSeal, Undetermined] {
        assert_eq!(serde_json::to_value(verdict).expect("JSON"), Value::from(verdict.code()));
    }
}

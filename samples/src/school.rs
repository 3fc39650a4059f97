// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
The school that stands on the certificates: given by the caller, or invented from the seed.
*/

use crate::random::{Purpose, Random};

/// A school as a certificate names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// Full name, for example `Wiebke-Harmsen-Gesamtschule Auental`.
    pub name: String,
    /// The school's number (Schulnummer).
    pub number: String,
    /// Place where certificates are issued.
    pub place: String,
    /// Key of the Land, `01` (Schleswig-Holstein) to `16` (Thüringen). Certificates of another key
    /// name no Land.
    pub state: String,
}

impl School {
    /// An invented school, the same one for the same seed.
    ///
    /// It is a comprehensive school: it may hand out every [`Kind`](crate::Kind).
    pub fn invented(seed: u64) -> Self {
        let random = &mut Random::new(seed, Purpose::School, 0);
        let (name, place, state) = random.pick(&SCHOOLS);
        Self {
            name: name.to_owned(),
            number: format!("{}", 100_000 + random.below(99_999)),
            place: place.to_owned(),
            state: state.to_owned(),
        }
    }

    /// Name of the Land, `None` for a key that no Land has.
    pub(crate) fn land(&self) -> Option<&'static str> {
        let key: usize = self.state.parse().ok()?;
        LANDS.get(key.checked_sub(1)?).copied()
    }
}

/// The people who sign.
pub(crate) struct Staff {
    pub(crate) head: &'static str,
    pub(crate) chair: &'static str,
    pub(crate) teacher: &'static str,
}

impl Staff {
    /// The people at the school of `seed`.
    pub(crate) fn draw(seed: u64) -> Self {
        let random = &mut Random::new(seed, Purpose::School, 1);
        Self { head: random.pick(&HEADS), chair: random.pick(&CHAIRS), teacher: random.pick(&TEACHERS) }
    }
}

const SCHOOLS: [(&str, &str, &str); 8] = [
    ("Wiebke-Harmsen-Gesamtschule Auental", "Auental", "01"),
    ("Kooperative Gesamtschule Süderbrück", "Süderbrück", "03"),
    ("Gesamtschule Großlinden am Mühlbach", "Großlinden", "05"),
    ("Integrierte Gesamtschule Hohenmühl", "Hohenmühl", "07"),
    ("Gemeinschaftsschule Altenweiler", "Altenweiler", "08"),
    ("Lotte-Dörfler-Schule Neuwiesen", "Neuwiesen", "06"),
    ("Gesamtschule „Käthe Rößler“ Birkenrode", "Birkenrode", "12"),
    ("Staatliche Gesamtschule Fährdorf an der Aue", "Fährdorf", "16"),
];

const HEADS: [&str; 4] = ["Dr. Wilma Thöne", "Jörg Quast", "Prof. Dr. Amélie Brüning", "Kerstin Vößing"];
const CHAIRS: [&str; 4] = ["Ulrich Fährmann", "Dr. Şirin Lüders", "Beate Goeßling", "Henning Uhlig"];
const TEACHERS: [&str; 4] = ["Marta Śliwa", "Götz Eichhorn", "Annegret Hänsel", "Tariq Haddad"];

const LANDS: [&str; 16] = [
    "Schleswig-Holstein",
    "Freie und Hansestadt Hamburg",
    "Niedersachsen",
    "Freie Hansestadt Bremen",
    "Nordrhein-Westfalen",
    "Hessen",
    "Rheinland-Pfalz",
    "Baden-Württemberg",
    "Freistaat Bayern",
    "Saarland",
    "Berlin",
    "Brandenburg",
    "Mecklenburg-Vorpommern",
    "Freistaat Sachsen",
    "Sachsen-Anhalt",
    "Freistaat Thüringen",
];

// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
Invented pupils: a name, a birthday and a birthplace from a seed.

Names come from several languages, as on any class list, and they contain what programs stumble
over: umlauts, hyphens, apostrophes, several given names, names of two words.
*/

use crate::random::{Purpose, Random};

/// A person who does not exist.
pub(crate) struct Pupil {
    /// All given names.
    pub(crate) given: String,
    /// The given name by which the person is called.
    pub(crate) called: &'static str,
    pub(crate) family: String,
    pub(crate) birthplace: &'static str,
    pub(crate) home: &'static str,
    /// 1 to 12.
    pub(crate) birth_month: u8,
    /// 1 to 28.
    pub(crate) birth_day: u8,
    /// Whether the birthday lies in the later of the two possible years.
    pub(crate) younger: bool,
}

/// Given names, family names and birthplaces that go together.
#[derive(Clone, Copy)]
struct Origin {
    given: &'static [&'static str],
    family: &'static [&'static str],
    birthplaces: &'static [&'static str],
}

impl Pupil {
    /// The pupil `index` of `seed`: the same one on every kind of certificate.
    pub(crate) fn draw(seed: u64, index: u64) -> Self {
        let random = &mut Random::new(seed, Purpose::Pupil, index);
        let origin = if random.chance(55) { GERMAN } else { random.pick(&OTHERS) };
        let family_origin = if random.chance(18) { random.pick(&OTHERS) } else { origin };

        let called = random.pick(origin.given);
        let mut given = called.to_owned();
        if random.chance(35) {
            let names = if random.chance(50) { GERMAN.given } else { origin.given };
            let second = random.pick(names);
            if second != called {
                given = format!("{called} {second}");
            }
        }

        let mut family = (random.pick(family_origin.family)).to_owned();
        if random.chance(14) {
            let second = random.pick(GERMAN.family);
            if !family.contains([' ', '-']) && !second.contains([' ', '-']) && family != second {
                family = format!("{family}-{second}");
            }
        }

        let at_home = random.chance(60);
        let places = if at_home { GERMAN.birthplaces } else { origin.birthplaces };
        Self {
            given,
            called,
            family,
            birthplace: random.pick(places),
            home: random.pick(&HOMES),
            birth_month: 1 + random.small(12),
            birth_day: 1 + random.small(28),
            younger: random.chance(50),
        }
    }

    /// Given names and family name, as printed.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

const GERMAN: Origin = Origin {
    given: &[
        "Anna",
        "Anna-Lena",
        "Annika",
        "Bärbel",
        "Björn",
        "Carla",
        "Eva-Maria",
        "Finn",
        "Florian",
        "Franziska",
        "Friederike",
        "Greta",
        "Hannah",
        "Hans-Jürgen",
        "Henrike",
        "Ida",
        "Jakob",
        "Jana",
        "Jonas",
        "Jörn",
        "Jule",
        "Karl",
        "Karl-Heinz",
        "Käthe",
        "Konrad",
        "Lasse",
        "Lena",
        "Leonie",
        "Luise",
        "Maja",
        "Malte",
        "Marie",
        "Marlene",
        "Mats",
        "Maximilian",
        "Merle",
        "Mia-Sophie",
        "Moritz",
        "Nele",
        "Niklas",
        "Oskar",
        "Paul",
        "Pia",
        "Rieke",
        "Sören",
        "Sophie",
        "Theodor",
        "Till",
        "Tjark",
        "Wiebke",
        "Zoë",
    ],
    family: &[
        "Ahlers",
        "Bäcker",
        "Böhme",
        "Brandt",
        "Brüning",
        "Claaßen",
        "Dörfler",
        "Eichhorn",
        "Engelhardt",
        "Fährmann",
        "Freytag",
        "Fuß",
        "Goeßling",
        "Großmann",
        "Grünwald",
        "Hänsel",
        "Harmsen",
        "Hövelmann",
        "Jäger",
        "Jürgensen",
        "Kästner",
        "Köhler",
        "Krüger",
        "Kühne",
        "Lindner",
        "Lüders",
        "Müller",
        "Müller-Lüdenscheidt",
        "Nüßlein",
        "Ostermann",
        "Petersen",
        "Preuß",
        "Quast",
        "Rößler",
        "Schäfer",
        "Schröder",
        "Schulze-Wiehenbrauk",
        "Strauß",
        "Thöne",
        "Uhlig",
        "Vößing",
        "Weiß",
        "von Auenfels",
        "zum Felde",
        "Wülfing",
        "Zöllner",
    ],
    birthplaces: &[
        "Aachen",
        "Berlin",
        "Bremen",
        "Chemnitz",
        "Dresden",
        "Düsseldorf",
        "Erfurt",
        "Flensburg",
        "Göttingen",
        "Hamburg",
        "Hannover",
        "Heidelberg",
        "Köln",
        "Leipzig",
        "Lüneburg",
        "Mainz",
        "München",
        "Münster",
        "Nürnberg",
        "Rostock",
        "Saarbrücken",
        "Tübingen",
        "Würzburg",
    ],
};

const OTHERS: [Origin; 9] = [
    Origin {
        given: &["Ayşe", "Barış", "Çağla", "Deniz", "Elif", "Emre", "Gülşen", "İrem", "Kağan"],
        family: &["Aydın", "Çelik", "Demirtaş", "Gündoğan", "Kılıç", "Öztürk", "Şahin", "Yıldız"],
        birthplaces: &["Ankara", "Bursa", "Gaziantep", "İzmir", "Kayseri"],
    },
    Origin {
        given: &["Agnieszka", "Błażej", "Kacper", "Łucja", "Małgorzata", "Paweł", "Zofia"],
        family: &["Dąbrowski", "Jabłońska", "Kowalczyk", "Piątek", "Śliwa", "Wójcik", "Żak"],
        birthplaces: &["Gdańsk", "Kraków", "Łódź", "Poznań", "Wrocław"],
    },
    Origin {
        given: &["Amira", "Bilal", "Hassan", "Layla", "Nour", "Omar", "Samira", "Yasmin"],
        family: &["Abdel Rahman", "Al-Khatib", "Ben Salah", "El Amrani", "Haddad", "Mansour"],
        birthplaces: &["Aleppo", "Beirut", "Casablanca", "Damaskus", "Tunis"],
    },
    Origin {
        given: &["Alessia", "Chiara", "Giosuè", "Luca", "Matteo", "Niccolò", "Noemi"],
        family: &["Calabrò", "D’Angelo", "De Rosa", "Esposito", "Lo Presti", "Mattarè"],
        birthplaces: &["Bari", "Catania", "Forlì", "Neapel", "Torino"],
    },
    Origin {
        given: &["Anastasija", "Danylo", "Iryna", "Ljubow", "Mykola", "Oleksandr", "Sofija"],
        family: &["Bondarenko", "Hryzenko", "Kowaltschuk", "Marynytsch", "Schewtschuk"],
        birthplaces: &["Charkiw", "Dnipro", "Kyjiw", "Lwiw", "Odessa"],
    },
    Origin {
        given: &["An", "Đức", "Hồng", "Linh", "Minh", "Thảo", "Tuấn"],
        family: &["Đặng", "Lê", "Nguyễn", "Phạm", "Trần", "Vũ"],
        birthplaces: &["Đà Nẵng", "Hải Phòng", "Hanoi", "Huế"],
    },
    Origin {
        given: &["Ana Lúcia", "Inês", "João", "Nuño", "Rocío", "Sebastián", "Tomás"],
        family: &["Araújo", "da Conceição", "Fernández", "García Muñoz", "Gonçalves", "Peña"],
        birthplaces: &["A Coruña", "Lissabon", "Málaga", "Porto", "São Paulo"],
    },
    Origin {
        given: &["Abena", "Aminata", "Chinonso", "Kofi", "Kwame", "Ngozi", "Sékou"],
        family: &["Adébáyọ̀", "Diallo", "Mbeki-Okoye", "N’Diaye", "Owusu", "Traoré"],
        birthplaces: &["Abidjan", "Accra", "Dakar", "Lagos", "Lomé"],
    },
    Origin {
        given: &["Åse", "Freja", "Jón", "Lærke", "Ragnhildur", "Søren", "Þórunn"],
        family: &["Bjørnstad", "Guðmundsdóttir", "Kjærgaard", "O’Sullivan", "Sjöström", "Ødegård"],
        birthplaces: &["Ålborg", "Kopenhagen", "Malmö", "Reykjavík", "Tromsø"],
    },
];

const HOMES: [&str; 8] =
    ["Altenweiler", "Auental", "Birkenrode", "Fährdorf", "Großlinden", "Hohenmühl", "Neuwiesen", "Süderbrück"];

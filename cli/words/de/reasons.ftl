# SPDX-FileCopyrightText: 2026 The Schulsiegel authors
# SPDX-License-Identifier: EUPL-1.2

### Was ein Prüfer sagt: Urteile, Gründe, und was zu tun ist. Die Seite im Browser zeigt dieselben Texte.

## Urteile.

verdict-genuine = echt
verdict-revoked = zurückgezogen
    .hint = Nehmen Sie es nicht an; fragen Sie bei Zweifeln die Schule.
verdict-replaced = ersetzt
    .hint = Lassen Sie sich das neue Zeugnis geben und prüfen Sie es.
verdict-not-genuine = NICHT echt
verdict-no-seal = kein Siegel
verdict-undetermined = nicht entscheidbar

## Gründe. Jeder hat einen Rat.

reason-altered = Das Siegel gehört nicht zu diesem Inhalt: Die Datei wurde verändert.
    .hint = Lassen Sie sich die Originaldatei geben; fragen Sie im Zweifel die Schule.
reason-bytes-after-seal = Nach dem Versiegeln wurde etwas angefügt.
    .hint = „verifier check --recover ORDNER“ schreibt den versiegelten Teil heraus. Nur dieser zählt.
reason-malformed-proof = Der Nachweis im Siegel ist nicht lesbar.
    .hint = Lassen Sie sich die Originaldatei geben; fragen Sie im Zweifel die Schule.
reason-not-in-batch = Dieses Dokument wurde nie so ausgestellt: Der Nachweis gehört zu einem anderen.
    .hint = Lassen Sie sich die Originaldatei geben; fragen Sie im Zweifel die Schule.
reason-bad-signature = Eine Unterschrift im Nachweis stimmt nicht.
    .hint = Fragen Sie die Schule, die genannt ist.
reason-not-accredited = Kein zuständiges Ministerium hat dieser Schule erlaubt, so auszustellen.
    .hint = Fragen Sie das Ministerium des Landes.
reason-out-of-scope = Die Schule durfte diese Art von Zeugnis zu diesem Zeitpunkt nicht ausstellen.
    .hint = Fragen Sie das Ministerium des Landes.
reason-batch-void = Der Schlüssel, mit dem ausgestellt wurde, war in fremden Händen, und die Schule hat sich seither nicht dazu bekannt.
    .hint = Fragen Sie die Schule: Sie kann ehrlich Ausgestelltes bestätigen, ohne es neu auszugeben.
reason-issuer-suspended = Die Schule war gesperrt, als sie dies ausstellte.
    .hint = Fragen Sie das Ministerium des Landes.
reason-wrong-ledger = Der Nachweis ist für ein anderes Register gemacht.
    .hint = Lassen Sie sich die Originaldatei geben; fragen Sie im Zweifel die Schule.
reason-time-ahead = Eine Angabe im Nachweis ist vordatiert.
    .hint = Fragen Sie die Schule, die genannt ist.
reason-bad-inclusion = Der Nachweis führt nicht zum Register.
    .hint = Lassen Sie sich die Originaldatei geben; fragen Sie im Zweifel die Schule.
reason-bad-checkpoint = Die Unterschrift des Registers im Nachweis stimmt nicht.
    .hint = Lassen Sie sich die Originaldatei geben; fragen Sie im Zweifel die Schule.
reason-not-on-ledger = Das Register enthält diese Versiegelung nicht.
    .hint = Fragen Sie die Schule und das Ministerium des Landes.
reason-no-locator = Die Datei trägt kein Siegel.
    .hint = Es kann trotzdem echt sein: Fragen Sie nach der versiegelten Datei oder bei der Schule.
reason-resaved-copy = Die Datei wurde nach dem Versiegeln neu gespeichert; dabei ging das Siegel verloren.
    .hint = Lassen Sie sich die Originaldatei geben.
reason-register-not-consulted = Das Zeugnis wurde so ausgestellt. Ob es später zurückgezogen wurde, ist nicht geprüft.
    .hint = Prüfen Sie ohne „--no-ledger“, sobald das Register erreichbar ist.
reason-state-too-old = Der Stand des Registers ist älter, als hier erlaubt ist.
    .hint = Für „--offline“ holt „verifier sync“ den neuesten Stand. Ein eingebettetes Register erneuert, wer es führt, mit „anchor refresh“.
reason-state-behind = Das Register reicht hier noch nicht bis zu dieser Versiegelung.
    .hint = Prüfen Sie später noch einmal.
reason-state-without-time = Niemand bezeugt, von wann der Stand des Registers ist.
    .hint = Im Vertrauensordner muss die Datei „policy“ mindestens einen Zeugen verlangen.
reason-quorum-not-met = Zu wenige Zeugen haben den Stand des Registers bestätigt.
    .hint = Prüfen Sie später noch einmal; fragen Sie sonst, wer das Register führt.
reason-unknown-ledger = Dem Register dieses Zeugnisses wird hier nicht vertraut.
    .hint = „verifier trust add“ nimmt den Vertrauensordner des Landes auf, wenn Sie ihm trauen.
reason-unknown-authority = Der Behörde, die diese Schule zugelassen hat, wird hier nicht vertraut.
    .hint = „verifier trust add“ nimmt die Behörde des Landes auf, wenn Sie ihr trauen.
reason-revocation-void = Es wurde mit einem Schlüssel zurückgezogen, der in fremden Händen war; ob zu Recht, hat noch niemand gesagt.
    .hint = Fragen Sie die Schule oder das Ministerium des Landes.
reason-ledger-unreachable = Das Register konnte nicht gelesen werden. Das sagt nichts gegen das Zeugnis.
    .hint = Prüfen Sie später noch einmal.
reason-ledger-forked = Das Register zeigt verschiedene Verläufe. Das sagt nichts gegen das Zeugnis, aber dem Register ist nicht zu trauen.
    .hint = Melden Sie das dem Ministerium des Landes.
reason-ledger-rolled-back = Das Register zeigt weniger als früher. Das sagt nichts gegen das Zeugnis, aber dem Register ist nicht zu trauen.
    .hint = Melden Sie das dem, der das Register führt: Vielleicht wurde eine alte Sicherung eingespielt.
reason-ledger-damaged = Die Einträge des Registers passen nicht zu seiner Unterschrift.
    .hint = Wer das Register führt, prüft es mit „anchor fsck“.
reason-verifier-too-old = Für dieses Zeugnis ist ein neueres Prüfprogramm nötig.
    .hint = Installieren Sie die neueste Version.
reason-unreadable = Die Datei kann nicht gelesen werden.
    .hint = Prüfen Sie die Rechte und ob die Datei vollständig angekommen ist.
reason-too-large = Die Datei ist größer, als gelesen wird.
    .hint = Zeugnisse sind viel kleiner: Lassen Sie sich die Originaldatei geben.

## Arten von Zeugnissen; eine andere wird so gezeigt, wie sie heißt.

kind-abitur = Abitur
kind-realschule = Realschulabschluss
kind-halbjahr = Halbjahreszeugnis
kind-abschluss = Abschlusszeugnis
kind-abgang = Abgangszeugnis
kind-jahr = Jahreszeugnis
kind-fachhochschulreife = Fachhochschulreife
kind-berufsabschluss = Berufsabschluss

## Wie eine Schule heute steht.

issuer-status-accredited = zugelassen
issuer-status-suspended = gesperrt
issuer-status-compromised = Schlüssel in fremden Händen
issuer-status-not-yet = noch nicht zugelassen
issuer-status-expired = Zulassung abgelaufen

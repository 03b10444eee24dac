/// What the table and the page of all gateways say.
package enum FleetPhrase: Phrase {
    case title, summary, nobody, gateway, state, devices, owed, clock, disk, version, configuration, event, yesterday
    case need, heard
    case online, offline, stopping, silent, unknown
    case away, sending, late, clockSet, clockUnset
    case neverHeard, silentSince, missing, needsClock, needsDisk, needsDevices, needsSending, needsEvent, nothing
    case complete, givenUp, open, incomplete

    package var wording: Wording {
        switch self {
        case .title: Wording("Gateways", "Gateway")
        case .summary: Wording("gateways: %1; in need of somebody: %2", "gateway: %1; perlu ditangani: %2")
        case .nobody: Wording("No gateway was heard of yet.", "Belum ada gateway yang terdengar.")
        case .gateway: Wording("Gateway", "Gateway")
        case .state: Wording("State", "Keadaan")
        case .devices: Wording("Devices", "Alat")
        case .owed: Wording("Owed", "Antre")
        case .clock: Wording("Clock", "Jam")
        case .disk: Wording("Free", "Bebas")
        case .version: Wording("Version", "Versi")
        case .configuration: Wording("Conf", "Konf")
        case .event: Wording("Event", "Kejadian")
        case .yesterday: Wording("Day", "Hari")
        case .need: Wording("What it needs", "Yang perlu dilakukan")
        case .heard: Wording("heard of %1 ago", "terdengar %1 lalu")
        case .online: Wording("online", "online")
        case .offline: Wording("offline", "offline")
        case .stopping: Wording("stopping", "berhenti")
        case .silent: Wording("silent", "diam")
        case .unknown: Wording("unknown", "belum")
        case .away: Wording("away", "putus")
        case .sending: Wording("sends", "kirim")
        case .late: Wording("late", "telat")
        case .clockSet: Wording("OK", "OK")
        case .clockUnset: Wording("NOT set", "BELUM")
        case .neverHeard:
            Wording(
                "no status ever came: is it configured for this broker?",
                "status belum pernah datang: apakah dikonfigurasi ke broker ini?"
            )
        case .silentSince:
            Wording(
                "silent since %1: look at its power and its network",
                "diam sejak %1: periksa listrik dan jaringannya"
            )
        case .missing:
            Wording(
                "%1 entries of %2 are missing: `gateway-city complete %3` says which",
                "%1 entri pada %2 kurang: `gateway-city complete %3` menyebut yang mana"
            )
        case .needsClock:
            Wording(
                "its clock is not set: look at NTP and the battery",
                "jamnya belum disetel: periksa NTP dan baterai"
            )
        case .needsDisk: Wording("its disk has %1 left", "sisa disknya %1")
        case .needsDevices:
            Wording(
                "%1 of %2 devices do not answer: `gateway status` there names them",
                "%1 dari %2 perangkat tidak menjawab: `gateway status` di sana menyebutnya"
            )
        case .needsSending:
            Wording(
                "%1 entries have waited since %2: look at its line",
                "%1 entri menunggu sejak %2: periksa koneksinya"
            )
        case .needsEvent: Wording("alarm: %1 at %2", "alarm: %1 pada %2")
        case .nothing: Wording("nothing", "tidak ada")
        case .complete: Wording("complete", "lengkap")
        case .givenUp: Wording("given up", "dilepas")
        case .open: Wording("open", "terbuka")
        case .incomplete: Wording("incomplete", "kurang")
        }
    }
}

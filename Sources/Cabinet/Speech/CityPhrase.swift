/// What `gateway-city` says.
package enum CityPhrase: Phrase {
    case allWell, noGateway, noDay
    // Completeness.
    case complete, givenUp, open, incomplete, until, epoch, numbers
    case told, onTheirWay, gatewayAway, lostBehindGateway, moreThanTold, endUnknown
    case killed, newJournal, asked
    // Figures.
    case silent, figureHead, valueHead, completeHead, gatewaysHead

    package var wording: Wording {
        switch self {
        case .allWell: Wording("%1 is right: the city %2", "%1 benar: kota %2")
        case .noGateway: Wording("no gateway %1 was ever heard", "gateway %1 belum pernah terdengar")
        case .noDay: Wording("%1 is no day: YYYY-MM-DD", "%1 bukan hari: YYYY-MM-DD")
        case .figureHead: Wording("FIGURE", "ANGKA")
        case .valueHead: Wording("VALUE", "NILAI")
        case .completeHead: Wording("COMPLETE", "LENGKAP")
        case .gatewaysHead: Wording("GATEWAYS", "GATEWAY")
        case .complete: Wording("complete", "lengkap")
        case .givenUp:
            Wording("complete but for what its gateway gave up", "lengkap selain yang dilepas gateway-nya")
        case .open: Wording("open: it cannot be said yet", "terbuka: belum bisa dipastikan")
        case .incomplete: Wording("INCOMPLETE: %1 missing", "BELUM LENGKAP: %1 hilang")
        case .until: Wording("judged up to %1 %2", "dinilai sampai %1 %2")
        case .epoch: Wording("epoch %1", "epoch %1")
        case .numbers: Wording("%1 (%2)", "%1 (%2)")
        case .told: Wording("given up by the gateway: %1", "dilepas oleh gateway: %1")
        case .onTheirWay:
            Wording("the gateway still has them, they will come", "masih ada di gateway, akan datang")
        case .gatewayAway: Wording("the gateway is away", "gateway sedang tidak ada")
        case .lostBehindGateway:
            Wording(
                "lost behind the gateway: `gateway-city complete --ask` asks for them",
                "hilang di belakang gateway: `gateway-city complete --ask` memintanya lagi"
            )
        case .moreThanTold:
            Wording("more are absent than the gateway reported", "yang tidak ada lebih banyak dari laporan gateway")
        case .endUnknown:
            Wording(
                "the end is not known: neither a later entry nor the next start has come",
                "akhirnya belum diketahui: belum datang entri sesudahnya atau start berikutnya"
            )
        case .killed:
            Wording(
                "epoch %1 ended without order: above %2 entries of the last second or two may be lost",
                "epoch %1 berakhir mendadak: di atas %2 entri satu-dua detik terakhir mungkin hilang"
            )
        case .newJournal:
            Wording("the gateway began with a new journal", "gateway mulai dengan jurnal baru")
        case .asked: Wording("asked for %1 entries of %2", "meminta %1 entri dari %2")
        case .silent: Wording("silent: %1", "diam: %1")
        }
    }
}

import Domain
public import Store

/// Reads all gateways from the views.
public enum FleetReader {
    /// - Returns: in no order of need.
    public static func boxes(in database: Postgres) throws(StoreError) -> [FleetBox] {
        let rows = try database.query(
            """
            select g.gerbang, g.keadaan, g.terdengar, g.versi, g.konfigurasi, g.jam, g.perangkat, g.menjawab,
                g.terverifikasi, g.antre, g.antre_tertua, g.jurnal_byte, g.jurnal_batas, g.disk_bebas, g.suhu,
                g.kejadian_terakhir, g.tingkat_kejadian, g.waktu_kejadian, y.tanggal, y.putusan, y.hilang
            from kota.gerbang g left join lateral (
                select tanggal, putusan, hilang from kota.kelengkapan_harian y where y.gerbang = g.gerbang
                order by tanggal desc limit 1
            ) y on true order by g.gerbang
            """
        )
        return rows.map { row in
            var box = FleetBox(name: rows[row, 0] ?? "")
            box.state = rows[row, 1]
            box.heardAt = rows.instant(row, 2)
            box.version = rows[row, 3]
            box.configuration = rows[row, 4]
            box.hasTime = rows[row, 5].map { $0 == ClockState.synchronised.rawValue }
            if let total = rows.integer(row, 6), let answering = rows.integer(row, 7),
                let verified = rows.integer(row, 8)
            {
                box.devices = .init(total: total, answering: answering, verified: verified)
            }
            box.pending = rows.integer(row, 9)
            box.oldestPending = rows.instant(row, 10)
            box.journal = rows.integer(row, 11)
            box.journalLimit = rows.integer(row, 12)
            box.free = rows.integer(row, 13)
            box.temperature = rows[row, 14].flatMap { Double($0) }
            if let name = rows[row, 15], let severity = rows[row, 16], let at = rows.instant(row, 17) {
                box.event = .init(name: name, severity: severity, at: at)
            }
            if let day = rows[row, 18], let verdict = rows[row, 19] {
                box.day = .init(day: day, verdict: verdict, missing: rows.integer(row, 20) ?? 0)
            }
            return box
        }
    }
}

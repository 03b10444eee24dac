import Contract
import Domain
import Store

/// Reads the gateways and their devices from the database.
struct RosterReader {
    private let database: Postgres
    private let zone: Zone

    init(_ database: Postgres, zone: Zone) {
        self.database = database
        self.zone = zone
    }

    /// - Parameter limit: a gateway is silent when its last status says so, or is so much older than the newest of all.
    ///   So while nothing is collected, nobody becomes silent.
    func read(silentAfter limit: Duration) throws(StoreError) -> Roster {
        let devices = try database.query("select meta from device where meta is not null")
        let metas = devices.map { row in devices[row, 0].flatMap { DeviceMeta(payload: Array($0.utf8)) } }
            .compactMap(\.self)
        let rows = try database.query(
            """
            select g.name, g.first_seen, s.at, s.state = 'online', max(s.at) over ()
            from gateway g left join state s on s.gateway = g.id
            """
        )
        var since: [String: Instant] = [:]
        var silent: [String: Instant] = [:]
        for row in 0..<rows.count {
            guard let name = rows[row, 0] else { continue }
            since[name] = rows.instant(row, 1)
            guard let at = rows.instant(row, 2), let newest = rows.instant(row, 4) else { continue }
            if rows.truth(row, 3) != true || newest - at > limit { silent[name] = at }
        }
        return Roster(metas: metas, since: since, silent: silent, zone: zone)
    }
}

/// The numbers under which the database knows gateways, epochs, devices, forms and reasons.
///
/// It remembers them, so that a batch of known names asks nothing. New names are made together, each kind by one
/// statement, before the batch's own transaction: a name without entries does no harm.
public final class NameBook {
    public struct DeviceKey: Hashable, Sendable {
        public var site: String
        public var name: String

        public init(site: String, name: String) {
            self.site = site
            self.name = name
        }
    }

    /// The points of a device's readings, in order.
    public struct Form: Sendable {
        public var points: [String]
        public var units: [String]
        public internal(set) var id: Int32 = 0

        public init(points: [String], units: [String]) {
            self.points = points
            self.units = units
        }
    }

    /// Why a value is not good.
    public struct Reason: Hashable, Sendable {
        public var quality: String
        public var word: String

        public init(quality: String, word: String) {
            self.quality = quality
            self.word = word
        }
    }

    /// A gateway's names.
    public final class Gateway {
        public let id: Int32
        var epochs: [(name: String, id: Int32)] = []
        var devices: [DeviceKey: Device] = [:]

        init(id: Int32) { self.id = id }

        /// Epochs are few, and the running one is asked for most.
        public func epoch(_ name: String) -> Int32? { epochs.last { $0.name == name }?.id }

        public func device(_ key: DeviceKey) -> Device? { devices[key] }
    }

    /// A device's number, and the forms of its readings.
    public final class Device {
        public let id: Int32
        public internal(set) var forms: [Form] = []

        init(id: Int32) { self.id = id }
    }

    /// The names that are not known yet.
    public struct Unknown {
        public var epochs: [String: Set<String>] = [:]
        public var devices: [String: Set<DeviceKey>] = [:]
        public var forms: [(gateway: String, device: DeviceKey, form: Form)] = []
        public var reasons: Set<Reason> = []

        public init() {}

        public var isEmpty: Bool { epochs.isEmpty && devices.isEmpty && forms.isEmpty && reasons.isEmpty }

        var gateways: Set<String> {
            Set(epochs.keys).union(devices.keys).union(forms.map(\.gateway))
        }
    }

    /// An epoch beyond these is looked up again.
    private static let mostEpochs = 8
    /// Above it everything is forgotten, and looked up again.
    private static let mostGateways = 200_000

    private var gateways: [String: Gateway] = [:]
    private var reasons: [Reason: Int16] = [:]

    public init() {}

    public func gateway(_ name: String) -> Gateway? { gateways[name] }

    public func reason(_ reason: Reason) -> Int16? { reasons[reason] }

    /// Looks up the names, and makes those that the database does not have.
    public func learn(_ unknown: Unknown, in database: Postgres) throws(StoreError) {
        if gateways.count > Self.mostGateways { gateways.removeAll() }
        do throws(StoreError) {
            try database.transaction { () throws(StoreError) in
                try learnGateways(unknown.gateways.filter { gateways[$0] == nil }, database)
                try learnEpochs(unknown.epochs, database)
                try learnDevices(unknown, database)
                try learnForms(unknown.forms, database)
                try learnReasons(unknown.reasons, database)
            }
        } catch {
            // The numbers of a transaction that was not committed are nobody's.
            gateways.removeAll()
            reasons.removeAll()
            throw error
        }
    }

    private func learnGateways(_ names: Set<String>, _ database: Postgres) throws(StoreError) {
        guard !names.isEmpty else { return }
        let array = PostgresText.array(names.sorted())
        try database.query(
            "insert into gateway (name) select unnest($1::text[]) on conflict do nothing",
            [array]
        )
        let rows = try database.query("select name, id from gateway where name = any($1::text[])", [array])
        for row in 0..<rows.count {
            if let name = rows[row, 0], let id = rows.integer(row, 1) { gateways[name] = Gateway(id: Int32(id)) }
        }
    }

    private func learnEpochs(_ wanted: [String: Set<String>], _ database: Postgres) throws(StoreError) {
        var owners: [Int64] = []
        var names: [String] = []
        for (gateway, epochs) in wanted.sorted(by: { $0.key < $1.key }) {
            guard let known = gateways[gateway] else { continue }
            for epoch in epochs.sorted() where known.epoch(epoch) == nil {
                owners.append(Int64(known.id))
                names.append(epoch)
            }
        }
        guard !names.isEmpty else { return }
        let values = [PostgresText.array(owners), PostgresText.array(names)]
        try database.query(
            """
            with new as (
                insert into epoch (gateway, name) select * from unnest($1::integer[], $2::text[])
                on conflict do nothing returning id
            )
            insert into ledger (epoch) select id from new
            """,
            values
        )
        let rows = try database.query(
            """
            select g.name, e.name, e.id from epoch e join gateway g on g.id = e.gateway
            where (e.gateway, e.name) in (select * from unnest($1::integer[], $2::text[]))
            """,
            values
        )
        for row in 0..<rows.count {
            guard let gateway = rows[row, 0], let name = rows[row, 1], let id = rows.integer(row, 2) else { continue }
            gateways[gateway]?.epochs.append((name, Int32(id)))
            if let count = gateways[gateway]?.epochs.count, count > Self.mostEpochs {
                gateways[gateway]?.epochs.removeFirst()
            }
        }
    }

    private func learnDevices(_ unknown: Unknown, _ database: Postgres) throws(StoreError) {
        var wanted = unknown.devices
        for form in unknown.forms { wanted[form.gateway, default: []].insert(form.device) }
        var owners: [Int64] = []
        var keys: [DeviceKey] = []
        for (gateway, devices) in wanted.sorted(by: { $0.key < $1.key }) {
            guard let known = gateways[gateway] else { continue }
            let missing = devices.filter { known.device($0) == nil }
            keys += missing.sorted { ($0.site, $0.name) < ($1.site, $1.name) }
            owners += missing.map { _ in Int64(known.id) }
        }
        guard !keys.isEmpty else { return }
        let values = [
            PostgresText.array(owners), PostgresText.array(keys.map(\.site)), PostgresText.array(keys.map(\.name)),
        ]
        try database.query(
            """
            insert into device (gateway, site, name) select * from unnest($1::integer[], $2::text[], $3::text[])
            on conflict do nothing
            """,
            values
        )
        let rows = try database.query(
            """
            select g.name, d.site, d.name, d.id from device d join gateway g on g.id = d.gateway
            where (d.gateway, d.site, d.name) in (select * from unnest($1::integer[], $2::text[], $3::text[]))
            """,
            values
        )
        for row in 0..<rows.count {
            guard let gateway = rows[row, 0], let site = rows[row, 1], let name = rows[row, 2],
                let id = rows.integer(row, 3)
            else { continue }
            gateways[gateway]?.devices[DeviceKey(site: site, name: name)] = Device(id: Int32(id))
        }
    }

    private func learnForms(
        _ wanted: [(gateway: String, device: DeviceKey, form: Form)],
        _ database: Postgres
    ) throws(StoreError) {
        var missing: [(device: Device, form: Form)] = []
        for (gateway, key, form) in wanted {
            guard let device = gateways[gateway]?.device(key) else { continue }
            let isKnown = device.forms.contains { $0.points == form.points && $0.units == form.units }
            if !isKnown { missing.append((device, form)) }
        }
        // An array of arrays has one length for all in PostgreSQL: each form travels as one text.
        for (device, form) in missing {
            if device.forms.contains(where: { $0.points == form.points && $0.units == form.units }) { continue }
            let values = ["\(device.id)", PostgresText.array(form.points), PostgresText.array(form.units)]
            try database.query(
                "insert into form (device, points, units) values ($1, $2, $3) on conflict do nothing",
                values
            )
            let rows = try database.query(
                "select id from form where device = $1 and points = $2 and units = $3",
                values
            )
            guard let id = rows.count == 1 ? rows.integer(0, 0) : nil else { continue }
            var known = form
            known.id = Int32(id)
            device.forms.append(known)
        }
    }

    private func learnReasons(_ wanted: Set<Reason>, _ database: Postgres) throws(StoreError) {
        let missing = wanted.filter { reasons[$0] == nil }
        guard !missing.isEmpty else { return }
        let values = [
            PostgresText.array(missing.map(\.quality)), PostgresText.array(missing.map(\.word)),
        ]
        try database.query(
            "insert into reason (quality, word) select * from unnest($1::text[], $2::text[]) on conflict do nothing",
            values
        )
        let rows = try database.query("select quality, word, id from reason")
        for row in 0..<rows.count {
            guard let quality = rows[row, 0], let word = rows[row, 1], let id = rows.integer(row, 2) else { continue }
            reasons[Reason(quality: quality, word: word)] = Int16(id)
        }
    }
}

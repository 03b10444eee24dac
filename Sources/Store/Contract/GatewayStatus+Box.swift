public import Domain

extension GatewayStatus {
    /// What the box says of itself; each value is nil where it has no such thing.
    public struct Box: Hashable, Sendable {
        /// What the gateway may still fill of the storage folder's file system, in bytes.
        public var free: Int64?
        /// The hottest place that the box measures, in degrees Celsius with one decimal.
        public var temperature: DecimalNumber?
        /// Since the box was started, in seconds.
        public var uptime: Int64?

        /// - Parameters:
        ///   - celsius: rounded here to a tenth.
        ///   - uptime: in seconds; cut here to whole ones.
        public init(free: Int64?, celsius: Double?, uptime: Double?) {
            self.free = free
            temperature = celsius.map {
                let tenths = Int(($0 * 10).rounded())
                return DecimalNumber(negative: tenths < 0, magnitude: UInt64(tenths.magnitude), exponent: -1)
            }
            self.uptime = uptime.map { Int64($0) }
        }

        /// Nil where nothing is there; the free bytes stand in `storage`.
        var value: DataValue? {
            var members: [(String, DataValue)] = []
            if let temperature { members.append(("temperature", .decimal(temperature))) }
            if let uptime { members.append(("uptime", .integer(uptime))) }
            return members.isEmpty ? nil : .object(members)
        }

        init?(_ read: DataMembers?, storage: DataMembers) {
            free = storage.integer("free").map(Int64.init)
            temperature = read?.decimal("temperature")
            uptime = read?.integer("uptime").map(Int64.init)
            if read == nil, free == nil { return nil }
        }
    }

    /// How reading the field goes.
    public struct Field: Hashable, Sendable {
        public struct Bus: Hashable, Sendable {
            public var id: String
            /// The share of the last minute in which the line was in use, 0 to 1 with two decimals; nil where nothing
            /// is asked.
            public var load: DecimalNumber?
            /// All errors since the bus was started.
            public var errors: Int

            /// - Parameter load: rounded here to a hundredth.
            public init(id: String, load: Double?, errors: Int) {
                self.id = id
                self.load = load.map {
                    DecimalNumber(negative: false, magnitude: UInt64(max(0, $0 * 100).rounded()), exponent: -2)
                }
                self.errors = errors
            }

            init?(_ member: DataValue.Member) {
                guard let read = DataMembers(member.value), let errors = read.integer("errors") else { return nil }
                id = member.key
                load = read.decimal("load")
                self.errors = errors
            }

            var member: (String, DataValue) {
                (id, .object((load.map { [("load", .decimal($0))] } ?? []) + [("errors", .integer(errors))]))
            }
        }

        /// The message goes out once a minute over a link that costs money: of more buses than this, those with the
        /// most errors stand there, then those with the highest load.
        public static let mostBuses = 16

        /// How many polls were skipped since the start because a line was busy.
        public var missed: Int
        public var buses: [Bus]

        /// - Parameter buses: in the order of the message; here too many are left out.
        public init(missed: Int, buses: [Bus]) {
            self.missed = missed
            guard buses.count > Self.mostBuses else {
                self.buses = buses
                return
            }
            let zero = DecimalNumber(0)
            let worst = buses.sorted { a, b in
                if a.errors != b.errors { return a.errors > b.errors }
                let (first, second) = (a.load ?? zero, b.load ?? zero)
                return first == second ? a.id < b.id : first > second
            }
            let shown = Set(worst.prefix(Self.mostBuses).map(\.id))
            self.buses = buses.filter { shown.contains($0.id) }
        }

        init?(devices: DataMembers, buses: DataMembers?) {
            guard let missed = devices.integer("missed") else { return nil }
            self.init(missed: missed, buses: (buses?.all ?? []).compactMap { Bus($0) })
        }
    }
}

public import Domain

/// The description of a device, retained: its identity, where it stands and what it measures.
public struct DeviceMeta: Hashable, Sendable {
    public struct Site: Hashable, Sendable {
        public var id: String
        public var name: String
        public var kelurahan: String?
        public var kecamatan: String?
        /// Degrees, as written.
        public var latitude: DecimalNumber?
        public var longitude: DecimalNumber?

        public init(
            id: String,
            name: String,
            kelurahan: String? = nil,
            kecamatan: String? = nil,
            latitude: DecimalNumber? = nil,
            longitude: DecimalNumber? = nil
        ) {
            self.id = id
            self.name = name
            self.kelurahan = kelurahan
            self.kecamatan = kecamatan
            self.latitude = latitude
            self.longitude = longitude
        }
    }

    /// The city's check of the device.
    public struct Verification: Hashable, Sendable {
        public var by: String
        /// `YYYY-MM-DD`.
        public var on: String

        public init(by: String, on: String) {
            self.by = by
            self.on = on
        }
    }

    public struct Point: Hashable, Sendable {
        public var name: String
        /// The published unit's UCUM code.
        public var unit: String?
        public var isCounter: Bool
        /// The least and the greatest value that the profile accepts as good, in the published unit.
        public var range: [DecimalNumber]?
        /// What people call it; nil where it is called by its name.
        public var label: Label?
        /// The UCUM code of the unit in which people are shown it; nil for the published one.
        public var show: String?
        /// The words of its values.
        public var names: [Int64: Label]
        /// What the place adds to the device's number, in the unit that the device measures in: `factor`, `offset`,
        /// `zero`.
        public var place: [DataValue.Member]

        public init(
            name: String,
            unit: String?,
            isCounter: Bool,
            range: [DecimalNumber]?,
            label: Label? = nil,
            show: String? = nil,
            names: [Int64: Label] = [:],
            place: [DataValue.Member] = []
        ) {
            self.name = name
            self.unit = unit
            self.isCounter = isCounter
            self.range = range
            self.label = label
            self.show = show
            self.names = names
            self.place = place
        }
    }

    public var gateway: String
    public var site: Site
    public var device: String
    public var profile: String
    /// The device's name in the profile.
    public var name: String
    public var measures: String
    public var owner: String?
    public var verified: Verification?
    public var serial: String?
    public var labels: [DataValue.Member]
    /// What is installed, of what differs between devices of its profile.
    public var set: [DataValue.Member]
    public var interval: Duration
    /// The members `when`, `at_least_every_ms`, `deadband`; empty where each reading goes out.
    public var send: [DataValue.Member]
    public var points: [Point]

    public init(
        gateway: String,
        site: Site,
        device: String,
        profile: String,
        name: String,
        measures: String,
        owner: String? = nil,
        verified: Verification? = nil,
        serial: String? = nil,
        labels: [DataValue.Member] = [],
        set: [DataValue.Member] = [],
        interval: Duration,
        send: [DataValue.Member] = [],
        points: [Point]
    ) {
        self.gateway = gateway
        self.site = site
        self.device = device
        self.profile = profile
        self.name = name
        self.measures = measures
        self.owner = owner
        self.verified = verified
        self.serial = serial
        self.labels = labels
        self.set = set
        self.interval = interval
        self.send = send
        self.points = points
    }
}

extension DeviceMeta {
    public var payload: [UInt8] {
        var members: [(String, DataValue)] = [
            ("gateway", .string(gateway)), ("site", site.value), ("device", .string(device)),
            ("profile", .string(profile)), ("name", .string(name)), ("measures", .string(measures)),
        ]
        if let owner { members.append(("owner", .string(owner))) }
        if let verified {
            members.append(("verified", .object([("by", .string(verified.by)), ("on", .string(verified.on))])))
        } else {
            members.append(("verified", .bool(false)))
        }
        if let serial { members.append(("serial", .string(serial))) }
        if !labels.isEmpty { members.append(("labels", .object(labels))) }
        if !set.isEmpty { members.append(("set", .object(set))) }
        members.append(("interval_ms", .integer(interval.wholeMilliseconds)))
        if !send.isEmpty { members.append(("send", .object(send))) }
        members.append(("points", .object(points.map { ($0.name, $0.value) })))
        return DataValue.payload(members)
    }

    /// - Returns: nil for a payload that is no meta message.
    public init?(payload: [UInt8]) {
        guard let read = DataMembers(payload: payload), let gateway = read.string("gateway"),
            let site = read.object("site").flatMap(Site.init), let device = read.string("device"),
            let profile = read.string("profile"), let name = read.string("name"),
            let measures = read.string("measures"), let interval = read.integer("interval_ms"),
            let points = read.object("points")
        else { return nil }
        self.init(
            gateway: gateway,
            site: site,
            device: device,
            profile: profile,
            name: name,
            measures: measures,
            owner: read.string("owner"),
            verified: read.object("verified").flatMap(Verification.init),
            serial: read.string("serial"),
            labels: read.object("labels")?.all ?? [],
            set: read.object("set")?.all ?? [],
            interval: .milliseconds(interval),
            send: read.object("send")?.all ?? [],
            points: points.all.compactMap(Point.init)
        )
    }
}

extension DeviceMeta.Site {
    fileprivate var value: DataValue {
        var members: [(String, DataValue)] = [("id", .string(id)), ("name", .string(name))]
        if let kelurahan { members.append(("kelurahan", .string(kelurahan))) }
        if let kecamatan { members.append(("kecamatan", .string(kecamatan))) }
        if let latitude { members.append(("latitude", .decimal(latitude))) }
        if let longitude { members.append(("longitude", .decimal(longitude))) }
        return .object(members)
    }

    fileprivate init?(_ read: DataMembers) {
        guard let id = read.string("id"), let name = read.string("name") else { return nil }
        self.init(
            id: id,
            name: name,
            kelurahan: read.string("kelurahan"),
            kecamatan: read.string("kecamatan"),
            latitude: read.decimal("latitude"),
            longitude: read.decimal("longitude")
        )
    }
}

extension DeviceMeta.Verification {
    fileprivate init?(_ read: DataMembers) {
        guard let by = read.string("by"), let on = read.string("on") else { return nil }
        self.init(by: by, on: on)
    }
}

extension DeviceMeta.Point {
    fileprivate var value: DataValue {
        var members: [(String, DataValue)] = []
        if let unit { members.append(("unit", .string(unit))) }
        if isCounter { members.append(("counter", .bool(true))) }
        if let range { members.append(("range", .array(range.map { .decimal($0) }))) }
        if let label { members.append(("label", label.data)) }
        if let show { members.append(("show", .string(show))) }
        if !names.isEmpty {
            let sorted = names.sorted { $0.key < $1.key }
            members.append(("names", .object(sorted.map { (String($0.key), $0.value.data) })))
        }
        if !place.isEmpty { members.append(("place", .object(place))) }
        return .object(members)
    }

    fileprivate init?(_ member: DataValue.Member) {
        guard let read = DataMembers(member.value) else { return nil }
        let range = read.array("range")?.compactMap { bound -> DecimalNumber? in
            if case .number(let number) = bound { number.decimal } else { nil }
        }
        self.init(
            name: member.key,
            unit: read.string("unit"),
            isCounter: read.truth("counter") ?? false,
            range: range,
            label: read.object("label").flatMap(Label.init),
            show: read.string("show"),
            names: Dictionary(
                (read.object("names")?.all ?? []).compactMap { member in
                    guard let code = Int64(member.key), let words = DataMembers(member.value).flatMap(Label.init)
                    else { return nil }
                    return (code, words)
                }
            ) { $1 },
            place: read.object("place")?.all ?? []
        )
    }
}

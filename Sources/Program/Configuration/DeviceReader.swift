import Documents
import Domain
import Installation
import Polling
import Profiles

/// Reads `devices`, which refer to everything else.
struct DeviceReader {
    let catalogue: ProfileCatalogue
    let sites: [String: Site]
    let buses: [String: Configuration.Bus]
    /// The names of all buses, also of those with problems.
    let namedBuses: Set<String>
    let verifications: VerificationReader.Verifications
    let log: ProblemLog

    func read(_ entries: [(name: String, node: DocumentNode)]) -> [Device] {
        var devices: [Device] = []
        var units: [String: [UInt8: String]] = [:]
        var topics: [String: String] = [:]
        for (id, node) in entries {
            guard let map = node.mapping() else { continue }
            guard let device = device(id, map) else { continue }
            devices.append(device)
            if device.profile.modbus != nil {
                if let other = units[device.bus]?[device.unit.number] {
                    map.optional("unit")?.fail(
                        "unit id \(device.unit) on bus \"\(device.bus)\" is \"\(other)\" already; two devices with "
                            + "one id answer at once: give one of them another id"
                    )
                }
                units[device.bus, default: [:]][device.unit.number] = id
            } else {
                let key = "\(device.bus)\n\(device.profile.id)\n\(device.node)"
                if let other = topics[key] {
                    let message: Message = "bus, profile and node are those of \"\(other)\" already; one device is one"
                    // Topics without {node} leave no line of text to point at.
                    if let node = map.optional("node") { node.fail(message) } else { map.fail(message) }
                }
                topics[key] = id
            }
        }
        let names = Set(entries.map(\.name))
        for (id, verification) in verifications.sorted(by: { $0.key < $1.key }) where !names.contains(id) {
            verification.map.fail(
                "no device is named \"\(id)\"\(log.hint(for: id, in: names)); "
                    + "rename or remove the file"
            )
        }
        return devices
    }

    private func device(_ id: String, _ map: DocumentMap) -> Device? {
        let problems = log.problems.count
        let named = map.required("profile").flatMap(self.profile)
        let set = map.optional("set")
        let profile = named.flatMap { $0.chosen(by: set, of: map) }
        let bus = map.required("bus").flatMap(bus)
        let site = map.required("site").flatMap(site)
        let interval = map.required("interval")?.duration(in: .milliseconds(10) ... .seconds(86_400))
        let atMostEvery = map.optional("at_most_every").flatMap { pause($0, profile: profile, interval: interval) }
        let unit = unit(map, profile: profile, bus: bus)
        let node = node(map, profile: profile)
        let pace = profile?.mqtt != nil || profile?.stream != nil ? AskingPace() : PaceReader.read(map)
        let serial = map.optional("serial")?.string()
        let owner = map.optional("owner")?.string()
        let installed = map.optional("installed")?.date()
        let weighing = map.optional("weighing")?.mapping().flatMap(weighing)
        var verified = map.optional("verified").flatMap(verification)
        let labels = map.optional("labels")?.mapping()?.entries().compactMap { key, node in
            node.string().map { (key: key, value: $0) }
        }
        // Without a profile its points cannot be judged.
        if profile == nil { for key in ["points", "send"] { _ = map.optional(key) } }
        let send = profile.map { SendPolicyReader.read(map, of: $0, interval: interval) }
        let adjustments = profile.map { AdjustmentReader.read(map, of: $0) } ?? [:]
        if let profile, let bus, !bus.carries(profile) {
            let profileKind = profile.modbus != nil ? "Modbus" : profile.mqtt != nil ? "MQTT" : "text"
            map.optional("bus")?.fail(
                "profile \"\(profile.id)\" speaks \(profileKind), but bus \"\(bus.id)\" does not; name another bus"
            )
        }
        map.finish()
        guard var profile, let bus, let site, let interval, let unit, log.problems.count == problems else { return nil }
        if let access = profile.modbus { profile.access = .modbus(pace.over(bus.pace.over(access))) }
        profile = profile.adjusted(by: adjustments)
        var voidBecause: Message?
        if let found = verifications[id] {
            voidBecause = Self.whyVoid(found, profile: profile, serial: serial)
            verified = voidBecause == nil ? Verification(by: found.by, on: found.on) : nil
        }
        var device = Device(
            id: id,
            profile: profile,
            bus: bus.id,
            unit: unit,
            node: node ?? "",
            site: site,
            interval: interval,
            atMostEvery: atMostEvery,
            serial: serial,
            owner: owner,
            verified: verified,
            installed: installed,
            weighing: weighing,
            voidBecause: voidBecause,
            labels: labels ?? []
        )
        device.adjustments = adjustments
        device.send = send ?? SendPolicy()
        return device
    }

    /// Why a verification is void; nil where it holds. One of another profile or another device is void: the device is
    /// read, but does not count.
    private static func whyVoid(
        _ found: VerificationReader.Verifications.Value,
        profile: Profile,
        serial: String?
    ) -> Message? {
        if let hash = found.profileHash, !profile.isEdition(hash) {
            // The file's text stands before what is installed.
            let isSameText = hash.prefix { $0 != "+" } == profile.hash.prefix { $0 != "+" }
            return isSameText
                ? "what is installed (set) has changed since" : "profile \(profile.id) has changed since"
        }
        if let verified = found.serial, let serial, verified != serial { return "it is of serial number \(verified)" }
        return nil
    }

    private func profile(_ node: DocumentNode) -> Profile? {
        guard let name = node.string() else { return nil }
        if let profile = catalogue[name] { return profile }
        if node.failBlank(name) { return nil }
        if catalogue.broken.contains(name) {
            node.fail("profile \"\(name)\" has problems of its own; see above")
        } else if catalogue.profiles.isEmpty {
            node.fail("unknown profile \"\(name)\": no profiles were found; name their folder with --profiles DIR")
        } else {
            var hint: Message = "; `gateway profiles` lists them"
            if let near = log.nearest(to: name, in: catalogue.profiles.keys) { hint = "; did you mean \"\(near)\"?" }
            node.fail("unknown profile \"\(name)\"\(hint)")
        }
        return nil
    }

    private func bus(_ node: DocumentNode) -> Configuration.Bus? {
        guard let name = node.string() else { return nil }
        if let bus = buses[name] { return bus }
        guard !namedBuses.contains(name) else {
            node.fail("bus \"\(name)\" has problems of its own; see above")
            return nil
        }
        node.fail("no bus is named \"\(name)\"\(log.hint(for: name, in: namedBuses))")
        return nil
    }

    private func site(_ node: DocumentNode) -> Site? {
        guard let name = node.string() else { return nil }
        if let site = sites[name] { return site }
        node.fail("no site is named \"\(name)\"\(log.hint(for: name, in: sites.keys))")
        return nil
    }

    private func unit(_ map: DocumentMap, profile: Profile?, bus: Configuration.Bus?) -> UnitID? {
        let node = map.optional("unit")
        guard let profile else { return nil }
        guard profile.modbus != nil else {
            node?.fail(
                profile.mqtt != nil
                    ? "an MQTT device has no unit id; it has a \"node\""
                    : "a device that sends text has no unit id; take the line away"
            )
            return UnitID(0)
        }
        let ids = (bus?.endpoint?.framing ?? .mbap).unitIDs
        let allowed = Int(ids.lowerBound)...Int(ids.upperBound)
        guard let node else {
            // The ids above 247 are reserved: nobody who asks needs one of them.
            let last = min(allowed.upperBound, bus?.endpoint?.isShared == true ? 247 : 255)
            map.fail("\"unit\" is missing: the device's Modbus unit id, \(allowed.lowerBound) to \(last)")
            return nil
        }
        return node.integer(in: allowed).map { UnitID(UInt8($0)) }
    }

    private func node(_ map: DocumentMap, profile: Profile?) -> String? {
        let node = map.optional("node")
        guard let mqtt = profile?.mqtt else {
            if profile?.modbus != nil { node?.fail("a Modbus device has no node; it has a \"unit\"") }
            if profile?.stream != nil { node?.fail("a device that sends text has no node; take the line away") }
            return nil
        }
        let needed = mqtt.messages.contains { $0.topic.contains("{node}") }
        guard let node else {
            if needed { map.fail("\"node\" is missing: what stands for {node} in \(mqtt.messages[0].topic)") }
            return nil
        }
        if !needed, !mqtt.messages.contains(where: { $0.nodeIn != nil }) {
            node.fail("the profile's topics have no {node}; take the line away")
        }
        guard let text = node.string() else { return nil }
        if text.contains(where: { "+#".contains($0) }) || text.utf8.contains(0) {
            node.fail("\"\(text)\" cannot stand in a topic: no + and no #")
        }
        return text
    }

    private func pause(_ node: DocumentNode, profile: Profile?, interval: Duration?) -> Duration? {
        let pause = node.duration(in: .seconds(1) ... .seconds(86_400))
        if let profile {
            guard let mqtt = profile.mqtt else {
                node.fail(
                    profile.modbus != nil
                        ? "a Modbus device is read each \"interval\" and no more often; take the line away"
                        : "a device that sends text gives a value each \"interval\" by itself; take the line away"
                )
                return nil
            }
            if mqtt.messages.allSatisfy({ $0.row != nil }) {
                node.fail(
                    "each message of \(profile.id) is the row of an interval, and none can be left out; take it away"
                )
            }
        }
        if let pause, let interval, pause > interval {
            node.fail(
                "is longer than the interval of \(interval.inWords), in each of which a reading is expected; "
                    + "shorten it, or lengthen \"interval\""
            )
        }
        return pause
    }

    private func weighing(_ map: DocumentMap) -> Weighing {
        defer { map.finish() }
        func weight(_ key: String) -> DecimalNumber? {
            let node = map.optional(key)
            let number = node?.number()
            if let number, number < .zero { node?.fail("must not be less than 0 (in the unit of the net weight)") }
            return number
        }
        if map.optional("minimum")?.number() == .zero {
            map.optional("minimum")?.fail("must be greater than 0: below it the pan is clear")
        }
        return Weighing(
            minimum: weight("minimum"),
            tare: weight("tare"),
            stable: map.optional("stable")?.duration(in: .zero ... .seconds(600))
        )
    }

    private func verification(_ node: DocumentNode) -> Verification? {
        guard let map = node.mapping() else { return nil }
        let by = map.required("by")?.string()
        let on = map.required("on")?.date()
        map.finish()
        guard let by, let on else { return nil }
        return Verification(by: by, on: on)
    }
}

/// Whether serial lines can carry their polls.
enum LineCheck {
    /// Registers that only some models have take no part: a line that could be run without them can still be run.
    private static func alwaysThere(_ points: [Point]) -> [Point] { points.filter { !$0.isOptional } }

    static func check(
        devices: [Device],
        buses: [String: Configuration.Bus],
        entries: [(name: String, node: DocumentNode)]
    ) {
        let onBus = Dictionary(grouping: devices, by: \.bus)
        for bus in buses.values.sorted(by: { $0.id < $1.id }) {
            guard let endpoint = bus.endpoint, let line = endpoint.lineSettings else { continue }
            let framing = endpoint.framing
            let polls = (onBus[bus.id] ?? []).compactMap { device in
                device.profile.modbus.map {
                    (
                        device: device, plan: BlockPlan(points: alwaysThere(device.profile.points), access: $0),
                        interval: device.interval
                    )
                }
            }
            guard let shortest = polls.map(\.interval).min() else { continue }
            let load = LineTime.load(polls.map { ($0.plan, $0.interval) }, on: line, framing: framing)
            guard load > 1 else { continue }
            let requests = polls.reduce(0.0) { $0 + Double($1.plan.blocks.count) * (shortest / $1.interval) }
            let busiest = polls.max {
                LineTime.load([($0.plan, $0.interval)], on: line)
                    < LineTime.load([($1.plan, $1.interval)], on: line)
            }
            let node = entries.first { $0.name == busiest?.device.id }?.node
            let needed = tenths(load * shortest.inSeconds)
            let count = Int(requests.rounded())
            let verb: Message = count == 1 ? "request needs" : "requests need"
            node?.failName(
                "bus \"\(bus.id)\" cannot carry its polls: \(count) \(verb) "
                    + "\(needed) s of a \(shortest.inWords) interval at \(line.baud) baud; lengthen the interval "
                    + "(this device's takes most), raise the baud rate or split the bus"
            )
        }
    }

    /// Rounds up: what does not fit must not look as if it fits.
    private static func tenths(_ seconds: Double) -> String {
        let hundredths = Int((seconds * 100).rounded(.up))
        guard hundredths >= 100 else { return "0.\(hundredths < 10 ? "0" : "")\(hundredths)" }
        let tenths = Int((seconds * 10).rounded(.up))
        return "\(tenths / 10).\(tenths % 10)"
    }
}

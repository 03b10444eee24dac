import Documents
import Installation
import Profiles

/// Finds the buses that carry text: what the profile of a bus' device speaks decides.
enum StreamBuses {
    /// The names of the buses that a device with a `stream:` profile names.
    static func named(
        by devices: [(name: String, node: DocumentNode)],
        _ catalogue: ProfileCatalogue
    ) -> Set<String> {
        var named: Set<String> = []
        for (_, node) in devices where node.isMapping {
            guard let map = node.mapping(), let profile = map.optional("profile")?.word(),
                catalogue[profile]?.stream != nil, let bus = map.optional("bus")?.word()
            else { continue }
            named.insert(bus)
        }
        return named
    }

    /// A device that sends by itself fills its line alone, and what is asked for has no address.
    static func check(_ devices: [Device], entries: [(name: String, node: DocumentNode)]) {
        var first: [String: String] = [:]
        for device in devices where device.profile.stream != nil {
            if let other = first[device.bus] {
                entries.first { $0.name == device.id }?.node.mapping()?.optional("bus")?.fail(
                    "\"\(other)\" sends its text on bus \"\(device.bus)\" already; a line of text has one device: give "
                        + "each its own port"
                )
            }
            first[device.bus] = first[device.bus] ?? device.id
        }
    }
}

extension DocumentNode {
    /// The text of a plain value; it reports nothing.
    fileprivate func word() -> String? {
        guard !isList, !isMapping, !isNull else { return nil }
        return scalar("a word")
    }
}

extension Configuration.Bus {
    /// Whether devices of that profile can be read on the bus.
    func carries(_ profile: Profile) -> Bool {
        switch (kind, profile.access) {
        case (.modbus, .modbus), (.mqtt, .mqtt), (.stream, .stream): true
        default: false
        }
    }
}

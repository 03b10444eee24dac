package import Diagnosing
package import Domain

/// The lines of a configuration for what a scan found: keys and values as `gateway.yaml` has them.
package enum ScanProposal {
    /// One bus for each setting of the line, and a device for each unit that a profile fits.
    ///
    /// - Parameter columns: longer lines are broken.
    package static func lines(_ finds: [ScanFind], at endpoint: ModbusEndpoint, columns: Int = 80) -> [String] {
        let known = finds.filter { !$0.matches.isEmpty }
        if known.isEmpty { return [] }
        var lines: [String] = []
        var buses: [(settings: SerialSettings?, id: String)] = []
        for find in known where !buses.contains(where: { $0.settings == find.settings }) {
            buses.append((find.settings, (endpoint.serialPath == nil ? "tcp" : "rs485") + "-\(buses.count + 1)"))
        }
        lines.append("buses:")
        for bus in buses { lines += entry(bus.id, place(endpoint, bus.settings), columns) }
        lines.append("devices:")
        for find in known {
            let id = buses.first { $0.settings == find.settings }?.id ?? "-"
            let profile = find.matches[0].profile
            let keys = [
                "profile: \(ProfileMatch.choice(find.matches))", "bus: \(id)", "unit: \(find.unit)", "site: SITE",
                "interval: 10s",
            ]
            lines += entry("\(profile)-\(find.unit)", keys, columns)
        }
        return lines
    }

    private static func place(_ endpoint: ModbusEndpoint, _ settings: SerialSettings?) -> [String] {
        let carrier = endpoint.serialPath.map { "serial: \($0)" } ?? "tcp: \"\(endpoint.place)\""
        guard let settings = settings ?? endpoint.lineSettings else { return [carrier] + tls(endpoint) }
        let isUsual = endpoint.serialPath != nil && endpoint.framing == .rtu
        return [carrier] + (isUsual ? [] : ["framing: \(endpoint.framing)"])
            + ["baud: \(settings.baud)", "parity: \(settings.parity.rawValue)"]
            + (settings.dataBits == 8 ? [] : ["data_bits: \(settings.dataBits)"])
            + (settings.stopBits == 1 ? [] : ["stop_bits: \(settings.stopBits)"])
    }

    private static func tls(_ endpoint: ModbusEndpoint) -> [String] {
        guard let files = endpoint.security else { return [] }
        var keys = ["ca_file: \(files.caFile)"]
        if let file = files.certificateFile { keys.append("certificate_file: \(file)") }
        if let file = files.keyFile { keys.append("key_file: \(file)") }
        return ["tls: { \(keys.joined(separator: ", ")) }"]
    }

    /// A map on one line, or a key a line where that is too long.
    private static func entry(_ id: String, _ keys: [String], _ columns: Int) -> [String] {
        let line = "  \(id): { \(keys.joined(separator: ", ")) }"
        return line.count <= columns ? [line] : ["  \(id):"] + keys.map { "    " + $0 }
    }

    /// - Parameters:
    ///   - broker: as in a configuration: `mqtt://127.0.0.1:1883`.
    ///   - columns: longer lines are broken.
    ///   - remark: what stands above a device.
    package static func lines(
        _ finds: [TopicSurvey.Find],
        broker: String,
        columns: Int = 80,
        remark: (TopicSurvey.Find) -> String?
    ) -> [String] {
        // Where several profiles fit the same topics, the first is proposed.
        var taken: Set<String> = []
        var lines = ["buses:", "  broker: { mqtt: \"\(broker)\" }", "devices:"]
        for find in finds where taken.isDisjoint(with: find.topics) {
            taken.formUnion(find.topics)
            let id = find.node.map { "\(find.profile)-\(identifier($0))" } ?? find.profile
            let node = find.node.map { ["node: \"\($0)\""] } ?? []
            let seconds = find.usualInterval.components.seconds
            if let remark = remark(find) { lines.append("  # " + remark) }
            lines += entry(
                id,
                ["profile: \(find.profile)", "bus: broker"] + node + ["site: SITE", "interval: \(seconds)s"],
                columns
            )
        }
        return lines
    }

    /// A node as a part of an id: lower case letters, digits and hyphens.
    private static func identifier(_ node: String) -> String {
        String(
            node.lowercased().map { character in
                character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
            }
        )
    }
}

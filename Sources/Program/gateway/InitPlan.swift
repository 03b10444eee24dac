import Configuration
import Diagnosing
import Domain
import Importing

/// The configuration of a new box, as text.
struct InitPlan {
    /// A line or host, and what answered there.
    struct Place {
        var endpoint: ModbusEndpoint
        /// Maker and serial number of the adapter, for the comment.
        var remark: String?
        var finds: [ScanFind]
    }

    var id: String
    var site: String
    var siteName: String
    var kelurahan: String?
    var kecamatan: String?
    var destinations: [String]
    var passwordFile: String?
    var interval: String
    var places: [Place]
    /// The day, for the comment at the top.
    var today: String

    private(set) var buses = 0
    private(set) var devices = 0

    init(
        id: String,
        site: String,
        siteName: String,
        destinations: [String],
        interval: String,
        places: [Place],
        today: String
    ) {
        self.id = id
        self.site = site
        self.siteName = siteName
        self.destinations = destinations
        self.interval = interval
        self.places = places
        self.today = today
    }

    /// The file's text; counts its buses and devices.
    mutating func text() -> String {
        var lines = [
            "# yaml-language-server: $schema=/usr/share/gateway/schemas/gateway.schema.json",
            "# Written by `gateway init` on \(today). Check every change with: gateway check",
            "gateway: \(id)",
            "topic_prefix: \(CityDefaults.built.topicPrefix)",
            "sites:",
            "  \(site):",
            "    name: \(YAMLText.quoted(siteName))",
        ]
        if let kelurahan { lines.append("    kelurahan: \(YAMLText.quoted(kelurahan))") }
        if let kecamatan { lines.append("    kecamatan: \(YAMLText.quoted(kecamatan))") }
        var busLines: [String] = []
        var deviceLines: [String] = []
        var taken: Set<String> = []
        var counts: [String: Int] = [:]
        for place in places {
            let isSerial = place.endpoint.serialPath != nil
            // One bus for each setting at which devices answered; a silent line keeps its place for a device to come.
            var settings: [SerialSettings?] = []
            for find in place.finds where !settings.contains(find.settings) { settings.append(find.settings) }
            if settings.isEmpty { settings = [place.endpoint.serialSettings] }
            for (number, setting) in settings.enumerated() {
                let kind = isSerial ? "rs485" : "tcp"
                counts[kind, default: 0] += 1
                let bus = "\(kind)-\(counts[kind] ?? 1)"
                let found = place.finds.filter { $0.settings == setting }
                // Two settings at one port cannot both be a bus.
                let mark = number > 0 || found.isEmpty ? "  # " : "  "
                if let remark = place.remark, number == 0 { busLines.append("  # \(YAMLText.line(remark))") }
                busLines += Self.bus(bus, place.endpoint, setting).map { mark + $0 }
                if number == 0, !found.isEmpty { buses += 1 }
                let before = devices
                for find in found { deviceLines += device(find, on: bus, &taken).map { mark + $0 } }
                if number > 0 { devices = before }
            }
        }
        lines.append("buses:")
        lines += busLines
        lines.append("devices:")
        lines += deviceLines
        lines.append("destinations:")
        for (number, destination) in destinations.enumerated() {
            lines.append("  city\(number == 0 ? "" : "-\(number + 1)"):")
            lines.append("    mqtt: \(YAMLText.quoted(destination))")
            if let passwordFile {
                lines.append("    username: \(id)")
                lines.append("    password_file: \(YAMLText.quoted(passwordFile))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func bus(_ id: String, _ endpoint: ModbusEndpoint, _ settings: SerialSettings?) -> [String] {
        guard let path = endpoint.serialPath else { return ["\(id):", "  tcp: \(YAMLText.quoted(endpoint.place))"] }
        guard let settings = settings ?? endpoint.serialSettings else { return ["\(id):", "  serial: \(path)"] }
        return [
            "\(id):", "  serial: \(YAMLText.quoted(path))", "  baud: \(settings.baud)",
            "  parity: \(settings.parity.rawValue)", "  stop_bits: \(settings.stopBits)",
        ]
    }

    private mutating func device(_ find: ScanFind, on bus: String, _ taken: inout Set<String>) -> [String] {
        guard let best = find.matches.first else {
            return ["# unit \(find.unit) of \(bus) answers; no profile fits it"]
        }
        var id = "\(best.profile)-\(find.unit)"
        if !taken.insert(id).inserted {
            id += "-\(bus)"
            taken.insert(id)
        }
        devices += 1
        func percent(_ score: Double) -> String { "\(Int((score * 100).rounded())) %" }
        let others = find.matches.dropFirst().prefix(2).map { "\($0.profile) (\(percent($0.score)))" }
        let also = others.isEmpty ? "" : "; also \(others.joined(separator: ", "))"
        let remark =
            ProfileMatch.isClear(find.matches)
            ? "its answers fit by \(percent(best.score))\(also)"
            : "several fit; the device's own plate says which it is"
        return [
            "\(String(id.prefix(48))):",
            "  profile: \(ProfileMatch.choice(find.matches)) # \(remark)",
            "  bus: \(bus)", "  unit: \(find.unit)", "  site: \(site)", "  interval: \(interval)",
        ]
    }
}

/// Another box's configuration with a new id.
struct InitCopy {
    let text: String
    /// Devices whose mark of verification is taken out.
    let tookVerified: [String]

    /// - Parameter old: the id of the other box.
    init(_ text: String, old: String, new: String) {
        var device = ""
        var took: [String] = []
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let trimmed = line.drop { $0 == " " }
            let indent = line.count - trimmed.count
            if indent == 2, trimmed.hasSuffix(":") { device = String(trimmed.dropLast()) }
            if indent == 0, trimmed.hasPrefix("gateway:") {
                lines.append(Self.exchanged(line, old, new))
            } else if trimmed.hasPrefix("username:") || line.contains("username: \(old)") {
                lines.append(Self.exchanged(line, old, new))
            } else if indent > 2, trimmed.hasPrefix("verified: {"), trimmed.contains("}") {
                took.append(device)
                lines.append(String(repeating: " ", count: indent) + "# " + trimmed)
            } else {
                lines.append(line)
            }
        }
        self.text = lines.joined(separator: "\n")
        tookVerified = took
    }

    /// The line with the first whole word that is the old id exchanged.
    private static func exchanged(_ line: String, _ old: String, _ new: String) -> String {
        var start = line.startIndex
        while let range = line[start...].firstRange(of: old) {
            func isOfID(_ letter: Character) -> Bool {
                letter.isASCII && (letter.isLetter || letter.isNumber || letter == "-")
            }
            let before = range.lowerBound > line.startIndex ? line[line.index(before: range.lowerBound)] : " "
            let after = range.upperBound < line.endIndex ? line[range.upperBound] : " "
            if !isOfID(before), !isOfID(after) { return line[..<range.lowerBound] + new + line[range.upperBound...] }
            start = range.upperBound
        }
        return line
    }
}

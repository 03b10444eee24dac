import Domain
import JSON

/// Profiles as text for people.
public enum ProfileText {
    /// One line of text a profile, with aligned columns.
    public static func table(_ profiles: [Profile]) -> [String] {
        let rows = profiles.map { [$0.id, $0.measures.rawValue, $0.modbus == nil ? "MQTT" : "Modbus", $0.name] }
        // Ids and words are plain ASCII: only the last column may hold other characters.
        let widths = (0..<3).map { column in (rows.map { $0[column].count }.max() ?? 0) + 2 }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) { line += cell + String(repeating: " ", count: width - cell.count) }
            return line + row[3]
        }
    }

    /// The table of docs/devices.md.
    public static func markdown(_ profiles: [Profile]) -> [String] {
        var lines = ["| profile | device | measures | over | points |", "|---|---|---|---|---|"]
        for profile in profiles {
            let points = profile.publicPoints.map { index in
                let point = profile.points[index]
                return "`\(point.name)`" + (point.publishedUnit.map { " (\($0))" } ?? "")
            }
            let events = profile.events.map { "event `\($0.name)`" }
            lines.append(
                "| `\(profile.id)` | \(profile.name) | \(profile.measures.rawValue) | "
                    + "\(profile.modbus == nil ? "MQTT" : "Modbus") | \((points + events).joined(separator: ", ")) |"
            )
        }
        return lines
    }

    /// Everything about one profile.
    public static func page(_ profile: Profile) -> [String] {
        var lines = [
            "\(profile.name) (\(profile.id)), measures \(profile.measures.rawValue)",
            "source: \(inOneLine(profile.source))",
        ]
        lines += profile.caveats.map { "note: \(inOneLine($0))" }
        lines.append("")
        if let modbus = profile.modbus {
            let line = modbus.line.map { ", \($0) from the factory" } ?? ""
            lines.append(
                "Modbus\(line); word order \(modbus.wordOrder.rawValue); registers numbered "
                    + (modbus.numbering == .from1 ? "from 1" : "from 0")
                    + "; at most \(modbus.maxRegisters) registers a request"
            )
            lines.append("replies begin within \(words(modbus.replyTime)), at worst \(words(modbus.worstReply))")
        }
        if let mqtt = profile.mqtt {
            lines.append("MQTT")
            lines += mqtt.messages.map { "  \($0.name): \($0.topic)" }
            if let availability = mqtt.availability { lines.append("  availability: \(availability.topic)") }
        }
        lines.append("")
        for point in profile.points { lines.append("  " + self.point(point, of: profile)) }
        for event in profile.events {
            lines.append(
                "  event \(event.name): counted once by \(event.id), "
                    + "keeps \(event.data.map(\.key).joined(separator: ", "))"
            )
        }
        lines.append("")
        lines.append("\(profile.vectors.count) vectors; file \(profile.file); hash \(profile.hash)")
        return lines
    }

    private static func point(_ point: Point, of profile: Profile) -> String {
        var parts: [String] = []
        switch point.origin {
        case .registers(let range, let type, let order):
            let number = range.start + (profile.modbus?.numbering.first ?? 0)
            let last = number + range.count - 1
            parts.append("\(range.table.rawValue) \(number)\(range.count > 1 ? "-\(last)" : "") \(type.rawValue)")
            if order != profile.modbus?.wordOrder, range.count > 1 { parts.append("order \(order.rawValue)") }
        case .message(let index, let path, _):
            parts.append("\(profile.mqtt?.messages[index].name ?? "") \(path?.description ?? "(whole payload)")")
        case .field(let reference):
            parts.append("field \(reference.field?.name ?? "") of \(profile.points[reference.point].name)")
        case .weir(let weir):
            parts += self.parts(of: weir, over: profile.points[weir.level].name)
        }
        if let unit = point.unit {
            parts.append(
                point.publish.map { $0 == unit ? "in \(unit)" : "in \(unit), published in \($0)" } ?? "in \(unit)"
            )
        }
        if let scale = point.scale { parts.append("x \(scale)") }
        if let offset = point.offset { parts.append("+ \(offset)") }
        if let range = point.range { parts.append("from \(range.lowerBound) to \(range.upperBound)") }
        if point.tiny == .zero { parts.append("tiny is 0") }
        if point.counter != nil { parts.append("counter") }
        if point.isPrivate { parts.append("not published") }
        let name = point.name + String(repeating: " ", count: max(1, 22 - point.name.count))
        return name + parts.joined(separator: ", ")
    }

    private static func parts(of weir: Weir, over level: String) -> [String] {
        var parts = ["weir over \(level)", "\(Int(weir.angle)) degrees", "coefficient \(weir.coefficient)"]
        parts.append("zero at \(weir.zero) m" + (weir.surveyed.map { ", surveyed \($0)" } ?? ", no survey named"))
        if let correction = weir.headCorrection { parts.append("head correction \(correction) m") }
        if let greatest = weir.greatestHead { parts.append("head at most \(greatest) m") }
        return parts
    }

    /// Joins text that the profile breaks as YAML allows.
    private static func inOneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " ") }

    private static func words(_ duration: Duration) -> String {
        duration < .seconds(1) ? "\(duration.wholeMilliseconds) ms" : "\(Double(duration.wholeMilliseconds) / 1_000) s"
    }
}

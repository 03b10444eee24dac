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
                    + (modbus.numbering == .from1 ? "from 1 in its manual, from 0 below" : "from 0")
                    + "; at most \(modbus.maxRegisters) registers a request"
            )
            if modbus.maxGap > 0 { lines.append("one request may bridge \(modbus.maxGap) unused registers") }
            if !modbus.avoid.isEmpty {
                let avoided = modbus.avoid.map { range in
                    "\(range.lowerBound)" + (range.count > 1 ? "-\(range.upperBound)" : "")
                }
                lines.append("never read in passing or by a scan: \(avoided.joined(separator: ", "))")
            }
            if let register = modbus.unitRegister {
                lines.append("keeps its own unit id in holding register \(register)")
            }
            lines.append("replies begin within \(words(modbus.replyTime)), at worst \(words(modbus.worstReply))")
            if let gap = modbus.requestGap { lines.append("needs \(words(gap)) of silence before each request") }
            if modbus.connectPause > .zero {
                lines.append("is mute for \(words(modbus.connectPause)) after a connection was made")
            }
            if modbus.retries > 0 { lines.append("a request that failed is made again up to \(modbus.retries) times") }
        }
        if let mqtt = profile.mqtt {
            lines.append("MQTT")
            lines += mqtt.messages.map { "  " + message($0) }
            if let availability = mqtt.availability {
                lines.append(
                    "  availability: \(availability.topic), \"\(availability.online)\" or "
                        + "\"\(availability.offline)\""
                )
            }
            if mqtt.reportsChangesOnly {
                lines.append("  reports only changes: while it is online, its last values hold")
            }
        }
        lines.append("")
        for point in profile.points { lines.append("  " + self.point(point, of: profile)) }
        for event in profile.events {
            lines.append("  " + self.event(event, of: profile))
        }
        lines.append("")
        if !profile.supersedes.isEmpty {
            lines.append("supersedes the editions \(profile.supersedes.joined(separator: ", "))")
        }
        lines.append("\(profile.vectors.count) vectors; file \(profile.file); hash \(profile.hash)")
        return lines
    }

    private static func message(_ message: MQTTAccess.Message) -> String {
        var line = "\(message.name): \(message.topic)"
        if let time = message.time {
            line += ", time at \(time.path) as \(time.format.rawValue)"
            if time.format == .iso8601 { line += ", without an offset in \(words(time.zone))" }
        }
        if let row = message.row { line += ", the row of an interval that its time is the \(row.rawValue) of" }
        return line
    }

    private static func words(_ zone: MessageTime.Zone) -> String {
        switch zone {
        case .utc: "UTC"
        case .gateway: "the gateway's timezone"
        case .offset(let seconds):
            (seconds < 0 ? "-" : "+") + twoDigits(abs(seconds) / 3_600) + ":" + twoDigits(abs(seconds) / 60 % 60)
        }
    }

    private static func twoDigits(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }

    private static func event(_ event: EventRule, of profile: Profile) -> String {
        var line = "event \(event.name): message \(profile.mqtt?.messages[event.message].name ?? "")"
        for (path, accepted) in event.when {
            line += ", when \(path) is " + accepted.map { "\"\($0)\"" }.joined(separator: " or ")
        }
        line += ", counted once by \(event.id)"
        if !event.data.isEmpty {
            line += ", keeps " + event.data.map { "\($0.key) from \($0.path)" }.joined(separator: ", ")
        }
        return line + ", at most \(event.maxLength) bytes each"
    }

    /// Joins text that the profile breaks as YAML allows.
    private static func inOneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " ") }

    private static func words(_ duration: Duration) -> String {
        duration < .seconds(1) ? "\(duration.wholeMilliseconds) ms" : "\(Double(duration.wholeMilliseconds) / 1_000) s"
    }
}

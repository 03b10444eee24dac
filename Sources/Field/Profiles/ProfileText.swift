public import Documents
import Domain
import JSON

/// Profiles as text for people.
public enum ProfileText {
    static let or: Message = " or "
    static let and: Message = " and "

    /// One line of text a profile, with aligned columns.
    ///
    /// - Parameter said: says a message in the reader's language.
    public static func table(_ profiles: [Profile], saying said: (Message) -> String = \.description) -> [String] {
        let rows = profiles.map { profile in
            [profile.id, said(measures(profile)), access(profile), profile.name]
        }
        // Ids and words are plain ASCII: only the last column may hold other characters.
        let widths = (0..<3).map { column in (rows.map { $0[column].count }.max() ?? 0) + 2 }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) { line += cell + String(repeating: " ", count: width - cell.count) }
            return line + row[3]
        }
    }

    /// Everything about one profile.
    public static func page(_ profile: Profile) -> [Message] {
        var lines: [Message] = [
            "\(profile.name) (\(profile.id)), measures \(measures(profile))",
            "source: \(inOneLine(profile.source))",
        ]
        lines += profile.caveats.map { "note: \(inOneLine($0))" }
        lines.append("")
        if let modbus = profile.modbus { lines += self.modbus(modbus) }
        if let mqtt = profile.mqtt { lines += self.mqtt(mqtt) }
        if let stream = profile.stream { lines += self.stream(stream) }
        lines.append("")
        lines += profile.points.map { "  \(point($0, of: profile))" }
        lines += profile.events.map { "  \(event($0, of: profile))" }
        lines.append("")
        if !profile.supersedes.isEmpty {
            lines.append("supersedes the editions \(profile.supersedes.joined(separator: ", "))")
        }
        lines.append("\(profile.vectors.count) vectors; file \(profile.file); hash \(profile.hash)")
        return lines
    }

    /// How it is read, in one word for a table.
    static func access(_ profile: Profile) -> String {
        switch profile.access {
        case .modbus: "Modbus"
        case .mqtt: "MQTT"
        case .stream: "text"
        }
    }

    private static func measures(_ profile: Profile) -> Message { Message(words: profile.measures.rawValue) }

    /// Joins text that the profile breaks as YAML allows.
    private static func inOneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " ") }
}

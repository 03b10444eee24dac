public import Documents
import Domain
import JSON

/// Profiles as text for people.
public enum ProfileText {
    static let or: Message = " or "
    static let and: Message = " and "

    /// One line of text a profile, with aligned columns, in groups by what they measure.
    ///
    /// - Parameter said: says a message in the reader's language.
    public static func table(_ profiles: [Profile], saying said: (Message) -> String = \.description) -> [String] {
        // Ids are plain ASCII: only the last column may hold other characters.
        let width = (profiles.map(\.id.count).max() ?? 0) + 2
        let groups = Profile.Measures.allCases.map { kind in profiles.filter { $0.measures == kind } }
        return groups.filter { !$0.isEmpty }.flatMap { group in
            [said(measures(group[0])) + ":"]
                + group.map { profile in
                    let id = "  " + profile.id + String(repeating: " ", count: width - profile.id.count)
                    let over = access(profile)
                    return id + over + String(repeating: " ", count: 8 - over.count) + profile.name
                }
        }
    }

    /// How it is read, in one word for a table.
    static func access(_ profile: Profile) -> String {
        switch profile.access {
        case .modbus: "Modbus"
        case .mqtt: "MQTT"
        case .stream: "text"
        }
    }

    /// Everything about one profile.
    public static func page(_ profile: Profile) -> [Message] {
        var lines: [Message] = [
            "\(profile.name) (\(profile.id)), measures \(measures(profile))"
        ]
        // What a device needs stands first: people read no further than the first screen.
        lines += profile.caveats.map { "note: \(inOneLine($0))" }
        lines.append("source: \(inOneLine(profile.source))")
        lines.append("")
        lines += variants(profile)
        if let modbus = profile.modbus { lines += self.modbus(modbus) }
        if let mqtt = profile.mqtt { lines += self.mqtt(mqtt) }
        if let stream = profile.stream { lines += self.stream(stream) }
        lines.append("")
        lines += profile.points.map { "  \(point($0, of: profile))" }
        lines += profile.events.map { "  \(event($0, of: profile))" }
        lines.append("")
        if profile.send != SendPolicy() { lines.append("sends \(profile.send.text)") }
        if !profile.supersedes.isEmpty {
            lines.append("supersedes the editions \(profile.supersedes.joined(separator: ", "))")
        }
        lines.append("\(profile.vectors.count) vectors; file \(profile.file); hash \(profile.hash)")
        return lines
    }

    static func measures(_ profile: Profile) -> Message { Message(words: profile.measures.rawValue) }

    /// Joins text that the profile breaks as YAML allows.
    private static func inOneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " ") }
}

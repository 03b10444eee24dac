import Documents
import Domain
import Installation

/// Reads the keys of a destination that decide what its uplink carries.
enum UplinkReader {
    /// `keepalive: 10min`.
    static func keepalive(_ map: DocumentMap) -> Duration {
        // What MQTT's 16 bits of seconds would allow is more than any broker waits for.
        map.optional("keepalive")?.duration(in: .seconds(5) ... .seconds(3_600)) ?? Destination.usualKeepalive
    }

    /// `budget: 300MB/month`.
    static func budget(_ map: DocumentMap) -> TrafficBudget? {
        guard let node = map.optional("budget"), let text = node.string() else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let digits = parts[0].prefix { $0.isASCII && $0.isNumber }
        let units: [String: Int64] = ["kB": 1_000, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000]
        let unit = parts[0].dropFirst(digits.count).filter { $0 != " " }
        let word = parts.count == 2 ? parts[1].filter { $0 != " " } : ""
        guard let number = Int64(digits), (1...1_000_000_000).contains(number), let factor = units[String(unit)],
            let period = TrafficBudget.Period(rawValue: String(word))
        else {
            node.fail(
                "expected whole kB, MB or GB a day or a month, such as 300MB/month or 10MB/day, found \"\(text)\""
            )
            return nil
        }
        return TrafficBudget(bytes: number * factor, per: period)
    }

    /// `indicators: { scopes: [gateway], windows: [hour, day], open: 5min }`.
    static func indicators(_ map: DocumentMap) -> FigureSelection {
        guard let node = map.optional("indicators"), let map = node.mapping() else { return .everything }
        defer { map.finish() }
        var selection = FigureSelection.everything
        if let scopes = map.optional("scopes") { selection.scopes = words(scopes) }
        if let windows = map.optional("windows") { selection.windows = words(windows) }
        if let open = map.optional("open") { selection.open = self.open(open) }
        return selection
    }

    private static func words<Word: RawRepresentable & CaseIterable & Hashable>(_ node: DocumentNode) -> Set<Word>
    where Word.RawValue == String {
        guard let list = node.list() else { return Set(Word.allCases) }
        if list.isEmpty {
            node.fail("names none, so that not even a closed figure would go; take the line away, or name some")
        }
        return Set(list.compactMap { $0.word(Word.self) })
    }

    private static func open(_ node: DocumentNode) -> FigureSelection.Open {
        guard let text = node.scalar("never, or a time such as 5min") else { return .asTheyChange }
        if text == "never" { return .never }
        if text.first?.isNumber != true {
            node.fail("expected never, or a time such as 5min, found \"\(text)\"")
            return .asTheyChange
        }
        return node.duration(in: .seconds(60) ... .seconds(86_400)).map { .every($0) } ?? .asTheyChange
    }
}

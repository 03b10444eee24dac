import Contract
import Domain
import Indicators
import Testing

@testable import Merging

let wib = Zone(name: "Asia/Jakarta", hours: 7)

/// A moment from ISO 8601; a wrong text gives a time that no test expects.
func moment(_ text: String) -> Instant { Instant(iso8601: text) ?? Instant(millisecondsSince1970: .min) }

/// A moment of the tests' day in WIB, such as `10:15`.
func at(_ time: String) -> Instant { moment("2026-11-21T\(time):00+07:00") }

/// A number as written; a wrong text gives a number that no test expects.
func number(_ text: String) -> DecimalNumber { DecimalNumber(text) ?? DecimalNumber(-987_654_321) }

/// The figures of gateways as they come, made by hand.
enum Made {
    /// A gateway's figure of a day that began at midnight.
    static func figure(
        _ gateway: String,
        _ indicator: String = "water-volume",
        scope: String = "gateway",
        window: WindowKind = .day,
        at time: Instant = at("00:00"),
        revision: Int = 600,
        isFinal: Bool = false,
        value: String? = "10",
        parts: FigureMessage.Parts = .init(merging: .sum, count: 1, sum: number("10")),
        reason: String? = nil,
        account: (expected: Int, received: Int, counted: Int, excluded: Int) = (600, 600, 600, 0),
        by: [DataValue.Member] = [],
        extras: [DataValue.Member] = [],
        target: FigureMessage.Target? = nil,
        epochs: [String] = ["1-0000000a"]
    ) -> FigureMessage {
        let window = Window(window, containing: time, in: wib)
        return FigureMessage(
            gateway: gateway,
            theme: "environment",
            dimension: "environment",
            indicator: indicator,
            scope: scope,
            window: window.kind.rawValue,
            from: window.from,
            to: window.to,
            zone: wib.name,
            isProvisional: !isFinal,
            revision: revision,
            isPartial: scope != "gateway",
            parts: parts,
            value: value.map { .number(number($0)) },
            unit: "m3",
            doubt: reason.map { .init(quality: $0 == "no_data" ? .bad : .uncertain, reason: $0) },
            completeness: nil,
            account: .init(
                expected: account.expected,
                received: account.received,
                counted: account.counted,
                excluded: account.excluded,
                unverified: 0
            ),
            unknown: nil,
            by: by,
            extras: extras,
            method: "by-" + indicator,
            baseline: .init(year: 2025, value: number("980")),
            target: target,
            readings: epochs.map { .init(epoch: $0, from: 1, to: 9) }
        )
    }

    /// A sum with its value.
    static func sum(
        _ gateway: String,
        _ sum: String,
        scope: String = "gateway",
        revision: Int = 600,
        isFinal: Bool = false,
        expected: Int = 600,
        epochs: [String] = ["1-0000000a"]
    ) -> FigureMessage {
        figure(
            gateway,
            scope: scope,
            revision: revision,
            isFinal: isFinal,
            value: sum,
            parts: .init(merging: .sum, count: 3, sum: number(sum)),
            account: (expected, expected, expected, 0),
            epochs: epochs
        )
    }

    /// The words of one dimension.
    static func words(_ name: String, _ values: KeyValuePairs<String, String>) -> DataValue.Member {
        .init(name, .object(values.map { .init($0.key, .number(.decimal(number($0.value)))) }))
    }

    /// A verified flow meter's meta message.
    static func meter(
        _ gateway: String,
        device: String = "flow",
        site: String = "sumber",
        kelurahan: String? = "Bawang",
        kecamatan: String? = "Pesantren",
        measures: String = "water",
        points: [String] = ["volume"],
        interval: Duration = .seconds(60),
        verified: String? = "2026-10-03",
        labels: [DataValue.Member] = []
    ) -> DeviceMeta {
        DeviceMeta(
            gateway: gateway,
            site: .init(id: site, name: site, kelurahan: kelurahan, kecamatan: kecamatan),
            device: device,
            profile: "flow",
            name: device,
            measures: measures,
            verified: verified.map { .init(by: "Diskominfo", on: $0) },
            labels: labels,
            interval: interval,
            points: points.map { .init(name: $0, unit: "m3", isCounter: true, range: nil) }
        )
    }

    /// The figures that parts make at a moment.
    static func merged(
        _ messages: [FigureMessage],
        now: Instant = at("10:00"),
        roster: Roster = Roster(),
        feeding: Feeding = .unknown
    ) -> [CityFigure] {
        var book = PartBook()
        for message in messages { book.take(message, at: now) }
        let merge = Merge(city: "kediri", zone: wib, now: now, roster: roster, feeding: feeding)
        return Set(messages.map { PartKey($0).span }).flatMap { merge.figures(of: book.parts(of: $0)) }
    }

    /// The city's figure.
    static func city(
        _ messages: [FigureMessage],
        now: Instant = at("10:00"),
        roster: Roster = Roster(),
        feeding: Feeding = .unknown
    ) throws -> CityFigure {
        try #require(merged(messages, now: now, roster: roster, feeding: feeding).first { $0.scope == "kota" })
    }
}

extension CityFigure {
    /// The value as it is published.
    var text: String? {
        switch outcome.value {
        case .number(let number): number.description
        case .word(let word): word
        case nil: nil
        }
    }

    var reason: String? { outcome.doubt?.reason }
}

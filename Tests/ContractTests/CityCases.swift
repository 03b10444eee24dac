import Contract
import Domain

/// Figures that a city made of its gateways' figures.
enum CityCases {
    static let all = [open, closed, share, peakHour, nothing]

    private static func figure(
        _ indicator: String,
        scope: String = "kota",
        isProvisional: Bool = false,
        value: String?,
        unit: String? = "m3",
        reason: String? = nil,
        counted: Int = 4_320,
        by: [DataValue.Member] = [],
        extras: [DataValue.Member] = [],
        target: FigureMessage.Target? = nil,
        parts: FigureMessage.Parts?,
        sources: CityFigure.Sources = .init(gateways: 3)
    ) -> CityFigure {
        CityFigure(
            city: "kediri",
            theme: "environment",
            dimension: "environment",
            indicator: indicator,
            scope: scope,
            window: "day",
            from: moment("2026-11-20T17:00:00.000Z"),
            to: moment("2026-11-21T17:00:00.000Z"),
            zone: "Asia/Jakarta",
            isProvisional: isProvisional,
            revision: isProvisional ? 725 : 1_443,
            outcome: FigureOutcome(
                value: value.map { .number(.of($0)) },
                unit: unit,
                doubt: reason.map { .init(quality: $0 == "no_data" ? .bad : .uncertain, reason: $0) },
                completeness: DecimalNumber(counted * 10_000 / 4_320).shifted(by: -4),
                account: .init(expected: 4_320, received: counted, counted: counted, excluded: 0, unverified: 0),
                unknown: isProvisional ? .init(times: 2, milliseconds: 90_500) : nil
            ),
            by: by,
            extras: extras,
            method: "by-" + indicator,
            baseline: parts == nil ? nil : .init(year: 2025, value: .of("980")),
            target: target,
            parts: parts,
            sources: sources
        )
    }

    private static let open = GoldenCase("city-indicator/open-with-silent-gateways") {
        figure(
            "water-volume",
            isProvisional: true,
            value: "3613.5",
            reason: "missing_part",
            counted: 3_900,
            by: [.init("class", .object([.init("raw", .number(.decimal(.of("3000.25"))))]))],
            target: .init(year: 2026, value: .of("3300"), sense: "at_least", standing: "met"),
            parts: .init(merging: .sum, count: 3_900, sum: .of("3613.5"), completeAbove: .of("0.8")),
            sources: .init(
                gateways: 150,
                silent: (0..<120).map { "kdr-box-\(100 + $0)" },
                unplaced: ["sumber-jauh"],
                shared: [.init(site: "sumber-soyo", gateways: ["kdr-soyo-01", "kdr-soyo-02"])]
            )
        ).payload
    }

    private static let closed = GoldenCase("city-indicator/closed") {
        figure(
            "waste-units-active",
            value: "7",
            unit: "1",
            extras: [.init("registered", .integer(134)), .init("share", .number(.decimal(.of("5.223881"))))],
            parts: .init(merging: .distinct, devices: 7)
        ).payload
    }

    private static let share = GoldenCase("city-indicator/share-of-a-kelurahan") {
        let ph = FigureMessage.Parts.Word(
            word: "ph",
            sum: .zero,
            integral: .zero,
            milliseconds: 172_800_000,
            within: 129_600_000
        )
        return figure(
            "water-quality-compliance",
            scope: "kelurahan-bawang",
            value: "75",
            unit: "%",
            by: [.init("parameter", .object([.init("ph", .number(.integer(75)))]))],
            parts: .init(
                merging: .share,
                milliseconds: 172_800_000,
                within: 129_600_000,
                by: [.init(name: "parameter", words: [ph])]
            )
        ).payload
    }

    private static let peakHour = GoldenCase("city-indicator/peak-hour-of-a-kecamatan") {
        figure(
            "traffic-peak-hour",
            scope: "kecamatan-kota",
            value: "460",
            unit: "{vehicles}",
            extras: [
                .init("peak_from", .string("2026-11-21T00:30:00.000Z")),
                .init("peak_to", .string("2026-11-21T01:30:00.000Z")),
                .init("peak_hour_factor", .number(.decimal(.of("0.9583333")))),
            ],
            parts: nil
        ).payload
    }

    private static let nothing = GoldenCase("city-indicator/without-data") {
        figure("water-volume", value: nil, reason: "no_data", counted: 0, parts: .init(merging: .sum)).payload
    }
}

import Contract
import Domain
import Indicators
import Testing

@testable import Merging

@Suite struct `The peak hour of several gateways` {
    private static let day = Window(.day, containing: at("12:00"), in: wib)

    /// A gateway's final quarters of an hour from seven on.
    private static func quarters(
        _ gateway: String,
        _ values: [String?],
        scope: String = "gateway",
        isFinal: Bool = true
    ) -> [FigureMessage] {
        values.enumerated().map { index, value in
            Made.figure(
                gateway,
                "traffic-volume",
                scope: scope,
                window: .quarter,
                at: at("07:00") + .seconds(Int64(index) * 900),
                revision: 17,
                isFinal: isFinal,
                value: value,
                parts: .init(merging: .sum, count: 1, sum: number(value ?? "0")),
                reason: value == nil ? "no_data" : nil,
                account: value == nil ? (15, 0, 0, 0) : (15, 15, 15, 0)
            )
        }
    }

    private static func peak(_ messages: [FigureMessage], now: Instant = at("10:00")) -> CityFigure? {
        let merged = Made.merged(messages, now: now).filter { $0.scope == "kota" }
        return PeakHour.traffic.figure(of: merged, on: day, now: now)
    }

    @Test func `is that of their sums, not the sum of their peak hours`() throws {
        let figure = try #require(
            Self.peak(
                Self.quarters("a", ["100", "100", "100", "100", "20", "20", "10", "10"])
                    + Self.quarters("b", ["0", "0", "20", "20", "90", "90", "0", "0"])
            )
        )
        // From 07:30: 120 + 120 + 110 + 110. The first gateway's own peak hour begins at 07:00.
        #expect(figure.text == "460")
        #expect(figure.indicator == "traffic-peak-hour")
        #expect(figure.method == "largest-four-bins")
        #expect(
            figure.extras == [
                .init("peak_from", .string("2026-11-21T00:30:00.000Z")),
                .init("peak_to", .string("2026-11-21T01:30:00.000Z")),
                // 460 over 4 x 120
                .init("peak_hour_factor", .number(.decimal(number("0.9583333")))),
            ]
        )
        #expect(figure.sources.gateways == 2)
        #expect(figure.isProvisional)
    }

    @Test func `is the earliest of equal ones`() throws {
        let figure = try #require(Self.peak(Self.quarters("a", ["5", "5", "5", "5", "5"])))
        #expect(figure.extras.first == .init("peak_from", .string("2026-11-21T00:00:00.000Z")))
    }

    @Test func `has no factor while one of its quarters is not final`() throws {
        let figure = try #require(
            Self.peak(Self.quarters("a", ["5", "5", "5", "5"]) + Self.quarters("b", ["1"], isFinal: false))
        )
        #expect(figure.text == "21")
        #expect(figure.reason == "missing_part")
        #expect(figure.extras.map(\.key) == ["peak_from", "peak_to"])
    }

    @Test func `has no factor when one of its quarters has no data`() throws {
        let figure = try #require(Self.peak(Self.quarters("a", ["5", nil, "5", "5"])))
        #expect(figure.text == "15")
        #expect(figure.reason == "incomplete")
        #expect(figure.extras.map(\.key) == ["peak_from", "peak_to"])
    }

    @Test func `has no data where no quarter has any`() throws {
        let figure = try #require(Self.peak(Self.quarters("a", [nil, nil])))
        #expect(figure.outcome.doubt == .init(quality: .bad, reason: "no_data"))
        #expect(figure.extras == [])
    }

    @Test func `does not take a quarter that is not over`() {
        #expect(Self.peak(Self.quarters("a", ["5", "5"]), now: at("07:10")) == nil)
    }

    @Test func `is final with the last quarter of the day`() throws {
        let all = (0..<96).map { index in
            Made.figure(
                "a",
                "traffic-volume",
                window: .quarter,
                at: Self.day.from + .seconds(900 * Int64(index)),
                isFinal: true,
                value: "\(index)",
                parts: .init(merging: .sum, count: 1, sum: DecimalNumber(index)),
                account: (15, 15, 15, 0)
            )
        }
        let now = Self.day.to + .seconds(120)
        let figure = try #require(Self.peak(all, now: now))
        #expect(!figure.isProvisional)
        #expect(figure.text == "374")
        #expect(figure.outcome.account.expected == 1_440)
        let most = try #require(Self.peak(Array(all.dropFirst()), now: now))
        #expect(most.isProvisional)
        let closed = try #require(Self.peak(Array(all.dropFirst()), now: Self.day.to + Merge.patience))
        #expect(!closed.isProvisional)
    }
}

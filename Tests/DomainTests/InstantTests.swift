import Domain
import Testing

@Suite struct InstantTests {
    /// Milliseconds computed with Python's datetime.
    static let moments: [(text: String, milliseconds: Int64)] = [
        ("1970-01-01T00:00:00.000Z", 0),
        ("1969-12-31T23:59:59.999Z", -1),
        ("2000-02-29T12:00:00.000Z", 951_825_600_000),
        ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
        ("2026-11-21T09:18:09.944Z", 1_795_252_689_944),
        ("1900-03-01T00:00:00.000Z", -2_203_891_200_000),
        ("2100-02-28T23:59:59.000Z", 4_107_542_399_000),
        ("2038-01-19T03:14:08.000Z", 2_147_483_648_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ("0001-01-01T00:00:00.000Z", -62_135_596_800_000),
    ]

    @Test(arguments: moments) func writesAndReadsTheContractsForm(moment: (text: String, milliseconds: Int64)) {
        #expect(Instant(millisecondsSince1970: moment.milliseconds).description == moment.text)
        #expect(Instant(iso8601: moment.text)?.millisecondsSince1970 == moment.milliseconds)
    }

    @Test(arguments: [
        ("2026-11-21T09:12:44Z", "2026-11-21T09:12:44.000Z"),
        ("2026-11-21 09:12:44z", "2026-11-21T09:12:44.000Z"),
        ("2026-11-21T09:12:44.5Z", "2026-11-21T09:12:44.500Z"),
        ("2026-11-21T09:12:44.123999Z", "2026-11-21T09:12:44.124Z"),
        ("2026-11-21T09:12:44.1234999Z", "2026-11-21T09:12:44.123Z"),
        ("2026-11-21T09:12:44.9996Z", "2026-11-21T09:12:45.000Z"),
        ("2026-11-21T09:12:59.9996+07:00", "2026-11-21T02:13:00.000Z"),
        ("2024-02-29T23:59:59.9995Z", "2024-03-01T00:00:00.000Z"),
        ("2026-12-31T23:59:59.99951Z", "2027-01-01T00:00:00.000Z"),
        ("1969-12-31T23:59:59.9995Z", "1970-01-01T00:00:00.000Z"),
        ("1969-12-31T23:59:59.9994Z", "1969-12-31T23:59:59.999Z"),
        ("2026-11-21T09:12:44+07:00", "2026-11-21T02:12:44.000Z"),
        ("2026-11-21T09:12:44+0700", "2026-11-21T02:12:44.000Z"),
        ("2026-11-21T00:30:00-05:30", "2026-11-21T06:00:00.000Z"),
        ("2026-01-01T00:00:00+07:00", "2025-12-31T17:00:00.000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
    ])
    func readsOffsetsAndFractions(text: String, utc: String) {
        #expect(Instant(iso8601: text)?.description == utc)
    }

    /// The same moment, as seconds since 1970 and as a date.
    @Test(arguments: [
        ("1.9996", "1970-01-01T00:00:01.9996Z"), ("1795252689.9995", "2026-11-21T09:18:09.9995Z"),
        ("1795252689.9994999", "2026-11-21T09:18:09.9994999Z"), ("1795252679.9996", "2026-11-21T09:17:59.9996Z"),
        ("1795252689.0005", "2026-11-21T09:18:09.0005Z"), ("1795252689.0015", "2026-11-21T09:18:09.0015Z"),
        ("-0.0005", "1969-12-31T23:59:59.9995Z"), ("-0.0006", "1969-12-31T23:59:59.9994Z"),
        ("1795252689", "2026-11-21T09:18:09Z"), ("0", "1970-01-01T00:00:00Z"),
    ])
    func epochAndISOTimesRoundAlike(seconds: String, iso8601: String) throws {
        let number = try #require(DecimalNumber(seconds))
        let epoch = try #require(Instant(epochSeconds: number))
        #expect(epoch == Instant(iso8601: iso8601))
        #expect(epoch == Instant(epochMilliseconds: number.shifted(by: 3)))
    }

    @Test(arguments: ["1e16", "-1e16", "9223372036854775.808"])
    func secondsBeyond64BitsOfMillisecondsAreNoInstant(seconds: String) throws {
        #expect(Instant(epochSeconds: try #require(DecimalNumber(seconds))) == nil)
    }

    @Test func aTimeWithoutAnOffsetNeedsAZone() {
        let text = "2026-11-21T09:12:44"
        #expect(Instant(iso8601: text) == nil)
        #expect(Instant(iso8601: text) { _ in 7 * 3_600 }?.description == "2026-11-21T02:12:44.000Z")
        // An offset in the text overrides the zone's.
        #expect(Instant(iso8601: text + "Z") { _ in 7 * 3_600 }?.description == "2026-11-21T09:12:44.000Z")
    }

    @Test(arguments: [
        "", "2026", "2026-11-21", "2026-11-21T09:12Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:12:61Z", "2026-11-21T09:12:44.Z",
        "2026-11-21T09:12:44+7", "2026-11-21T09:12:44+24:00", "2026-11-21T09:12:44+07:60", "2026-11-21T09:12:44Z ",
        "2026-11-21X09:12:44Z", "26-11-21T09:12:44Z", "\u{662}026-11-21T09:12:44Z", "-2026-11-21T09:12:44Z",
    ])
    func refusesWhatIsNoTime(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test func yearsBeyondFourDigitsAreClamped() {
        #expect(Instant(millisecondsSince1970: .max).description == "9999-12-31T23:59:59.999Z")
        #expect(Instant(millisecondsSince1970: .min).description == "0000-01-01T00:00:00.000Z")
    }

    /// Day after day over more than four centuries: every date follows the one before and reads back as itself.
    @Test func everyDayReadsBackAsItself() {
        var before = ""
        for day in stride(from: Int64(-50_000), through: 110_000, by: 1) {
            let instant = Instant(millisecondsSince1970: day * 86_400_000)
            let text = instant.description
            if Instant(iso8601: text) != instant || text <= before {
                Issue.record("day \(day) is \(text) after \(before)")
                return
            }
            before = text
        }
    }

    @Test func countsIntervals() throws {
        let start = try #require(Instant(iso8601: "2026-11-20T17:00:00Z"))
        let end = start + .seconds(86_400)
        #expect(end.description == "2026-11-21T17:00:00.000Z")
        #expect(end - start == .seconds(86_400))
        #expect(start < end)
    }

    @Test func `the contract's own form is read from its bytes, and nothing else is`() {
        for text in ["2026-11-29T01:38:41.664Z", "0000-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"] {
            #expect(Instant(canonical: Array(text.utf8)[...]) == Instant(iso8601: text))
        }
        let others = [
            "2026-02-29T00:00:00.000Z", "2026-11-29T01:38:41.66Z", "2026-11-29 01:38:41.664Z",
            "2026-11-29T24:00:00.000Z", "2026-1x-29T01:38:41.664Z", "2026-11-29T01:38:41.664+07", "",
        ]
        for text in others { #expect(Instant(canonical: Array(text.utf8)[...]) == nil, "\(text)") }
    }
}

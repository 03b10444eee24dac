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
        ("2026-11-21T09:12:44.123999Z", "2026-11-21T09:12:44.123Z"),
        ("2026-11-21T09:12:44+07:00", "2026-11-21T02:12:44.000Z"),
        ("2026-11-21T09:12:44+0700", "2026-11-21T02:12:44.000Z"),
        ("2026-11-21T00:30:00-05:30", "2026-11-21T06:00:00.000Z"),
        ("2026-01-01T00:00:00+07:00", "2025-12-31T17:00:00.000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
    ])
    func readsOffsetsAndFractions(text: String, utc: String) {
        #expect(Instant(iso8601: text)?.description == utc)
    }

    @Test func aTimeWithoutAnOffsetNeedsAZone() {
        let text = "2026-11-21T09:12:44"
        #expect(Instant(iso8601: text) == nil)
        #expect(Instant(iso8601: text) { _ in 7 * 3_600 }?.description == "2026-11-21T02:12:44.000Z")
        // An offset in the text is stronger than the zone's.
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

    /// Day after day over more than four centuries, every date follows the one before and reads back as itself.
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
}

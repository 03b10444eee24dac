import Domain
import Platform
import Testing

/// The zone belongs to the process, so all its tests use the city's.
@Suite struct LocalTimeTests {
    init() { LocalTime.setZone("Asia/Jakarta") }

    @Test func kediriIsSevenHoursEastOfUTCAllYear() throws {
        let january = try #require(Instant(iso8601: "2026-01-15T00:00:00Z"))
        let july = try #require(Instant(iso8601: "2026-07-15T00:00:00Z"))
        #expect(LocalTime.offset(at: january) == 25_200)
        #expect(LocalTime.offset(at: july) == 25_200)
    }

    @Test func clocksThatShowATimeAreReadBackToTheSameOffset() throws {
        let shown = try #require(Instant(iso8601: "2026-11-21T09:12:44Z"))
        #expect(LocalTime.offset(whenClocksShow: shown) == 25_200)
    }
}

import BoxPages
import Control
import Domain
import PageParts
import Speech
import Testing

@Suite struct `The state of a device on a page` {
    private static let now = Instant(millisecondsSince1970: 1_795_930_000_000)
    private static let telling = Telling(.id)

    /// What is seen at a device that gives no value.
    private func seen(age: Int64?, downSince: Instant? = nil) -> String? {
        var device = DeviceStatus(
            id: "gate",
            name: "Gate",
            site: "pond",
            profile: "counter",
            bus: "net",
            intervalMilliseconds: 2_000,
            verified: false,
            answering: false,
            ageMilliseconds: age,
            readings: 9,
            failures: 2,
            missed: 0,
            events: 0,
            points: []
        )
        device.downSince = downSince?.description
        return DeviceState(device, on: nil, now: Self.now, telling: Self.telling).seen
    }

    private func since(_ seconds: Int64) -> String {
        "tidak ada nilai sejak " + Self.telling.moment(Self.now + .seconds(-seconds), now: Self.now)
    }

    /// It once said that there was no value yet until the device was reported as down.
    @Test func `says since when there is no value, although the device is not down yet`() {
        #expect(seen(age: 150_000) == since(150))
    }

    @Test func `says since when the device is down`() {
        #expect(seen(age: 150_000, downSince: Self.now + .seconds(-140)) == since(140))
    }

    @Test func `says that there is no value yet only where there never was one`() {
        #expect(seen(age: nil) == "belum ada nilai")
    }
}

import Testing

@testable import Forwarding

@Suite struct VerdictTests {
    /// MQTT 5, section 3.4.2.1, and the journal's rules.
    static let special: [UInt8: PubackVerdict] = [
        0x10: .nobodySubscribes, 0x90: .neverTaken, 0x95: .neverTaken, 0x99: .neverTaken,
    ]

    @Test(arguments: UInt8.min...UInt8.max) func everyCodeHasItsVerdict(code: UInt8) {
        #expect(PubackVerdict(code: code) == Self.special[code] ?? (code < 0x80 ? .delivered : .mayPass))
    }

    static let names: [(UInt8, String)] = [
        (0x10, "no matching subscribers"), (0x80, "unspecified error"), (0x83, "implementation specific error"),
        (0x87, "not authorized"), (0x90, "topic name invalid"), (0x91, "packet identifier in use"),
        (0x95, "packet too large"), (0x97, "quota exceeded"), (0x99, "payload format invalid"), (0xA2, "code 0xa2"),
    ]

    @Test(arguments: names) func aCodeIsCalledAsTheSpecificationCallsIt(code: UInt8, name: String) {
        #expect(PubackVerdict.name(of: code) == name)
    }
}

import Decoding
import Domain
import Foundation
import Platform
import Profiles
import TestSupport
import Testing

/// Sends damaged parts to the decoder: it neither ends the program nor makes a good value of them.
@Suite struct PartFuzzTests {
    private struct Sample {
        var profile: Profile
        var payload: [UInt8]
        /// Where the part stands in the payload.
        var part: Range<Int>
    }

    private static func sample(
        _ parts: String,
        _ points: String,
        before: String,
        part: String,
        after: String
    ) throws
        -> Sample
    {
        let profile = try PayloadPartsTests.profile(parts: parts, points: points)
        let payload = Array((before + part + after).utf8)
        return Sample(
            profile: profile,
            payload: payload,
            part: before.utf8.count..<before.utf8.count + part.utf8.count
        )
    }

    private static func samples() throws -> [Sample] {
        let bytes: [UInt8] = [0x01, 0x75, 0x64, 0x03, 0x67, 0x10, 0x01, 0x04, 0x68, 0x71]
        let hex = bytes.map { String(format: "%02x", $0) }.joined()
        let frame =
            "p: { message: m, part: f, bytes: 5-10, type: uint48 }\nq: { message: m, part: f, bytes: 1, type: int8 }"
        let channels =
            "f: { path: d, as: base64, byte_order: little, channels: { a: { id: \"01 75\", bytes: 1 }, "
            + "b: { id: \"03 67\", bytes: 2 }, c: { id: \"04 68\", bytes: 1 } } }"
        return [
            try sample(
                "f: { path: d, as: hex, byte_order: big, length: 10 }",
                frame,
                before: #"{"d":""#,
                part: hex,
                after: #""}"#
            ),
            try sample(
                "f: { path: d, as: base64, byte_order: big, length: 10 }",
                frame,
                before: #"{"d":""#,
                part: Data(bytes).base64EncodedString(),
                after: #""}"#
            ),
            try sample(
                channels,
                "p: { message: m, part: f, channel: b, type: int16 }",
                before: #"{"d":""#,
                part: Data(bytes).base64EncodedString(),
                after: #""}"#
            ),
            try sample(
                "f: { as: list, separator: \";\", items: 5 }",
                "p: { message: m, part: f, item: 2 }\nq: { message: m, part: f, item: 5 }",
                before: "",
                part: "182;76.40;28.46;0;4.23",
                after: ""
            ),
            try sample(
                "j: { path: d, as: json }\nf: { part: j, path: data, as: list, separator: \",\" }",
                "p: { message: m, part: f, item: 2 }",
                before: #"{"d":""#,
                part: #"{\"data\":\"1,2\"}"#,
                after: #""}"#
            ),
        ]
    }

    private static func good(_ payload: [UInt8], _ profile: Profile) -> [Value?] {
        PayloadDecoder(profile: profile) { _ in 0 }.decode(payload, message: 0).values.map { $0?.value }
    }

    @Test func `each sample is good before it is damaged`() throws {
        for sample in try Self.samples() {
            #expect(Self.good(sample.payload, sample.profile).allSatisfy { $0 != nil })
        }
    }

    @Test func `a part that is cut short anywhere has no value`() throws {
        // The walk through channels and a list's last number cannot know that more was meant.
        for sample in try Self.samples().prefix(2) {
            for end in sample.part.dropFirst() {
                let payload = Array(sample.payload[..<end] + sample.payload[sample.part.upperBound...])
                // Base64 without its padding is whole.
                if Self.good(sample.payload, sample.profile) == Self.good(payload, sample.profile) {
                    #expect(sample.payload[end..<sample.part.upperBound].allSatisfy { $0 == UInt8(ascii: "=") })
                    continue
                }
                #expect(Self.good(payload, sample.profile).allSatisfy { $0 == nil }, "\(end)")
            }
        }
    }

    @Test func `a character that no encoding has leaves no value`() throws {
        for sample in try Self.samples().prefix(3) {
            for place in sample.part {
                var payload = sample.payload
                payload[place] = UInt8(ascii: "*")
                #expect(Self.good(payload, sample.profile).allSatisfy { $0 == nil })
            }
        }
    }

    @Test func `damaged parts never end the program, and take time in proportion to their bytes`() throws {
        let samples = try Self.samples()
        let words = ["\"", "\\", ";", ",", "=", "{", "0175", "AXVk", "\u{0}", "é", "-", "1e999", "9".repeated(400)]
            .map { Array($0.utf8) }
        for var chance in FuzzRounds("parts of MQTT payloads", 600) {
            let sample = chance.one(of: samples)
            let payload = chance.bent(sample.payload, with: words)
            let began = SystemClock().uptime()
            for value in Self.good(payload, sample.profile) {
                guard case .string(let text)? = value else { continue }
                #expect(text.utf8.count <= payload.count)
            }
            #expect(SystemClock().uptime() - began < .seconds(5), "\(payload.count) bytes")
        }
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}

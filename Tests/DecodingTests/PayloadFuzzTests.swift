import Decoding
import Documents
import Domain
import Foundation
import JSON
import Normalizing
import Platform
import Profiles
import TestSupport
import Testing

/// Sends payloads of every kind to the decoder of each shipped profile, and on through its normalizer: no message ends
/// the program or takes long.
@Suite struct PayloadFuzzTests {
    private static let profiles = ProfileCatalogue.load(folders: [(Repository.devices, true)], log: ProblemLog()).all
        .filter { $0.mqtt != nil }

    /// Words with a meaning to a reader of JSON, of numbers or of times.
    private static let words =
        [
            "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u0000", "\\ud800", "\\udc00\\ud800", "null", "true", "-", "0",
            "1e400",
            "1e-400", "-0", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e19", "0.1e-30",
            "99999999999999999999999999999999999999999", "NaN", "Infinity", "2026-11-21T09:12:44",
            "9999-99-99T99:99:99Z",
            "-0001-01-01", "e", "E+", ".", "\u{0}", "\u{FEFF}", "é", "\n",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], Array(repeating: 0x5B, count: 5_000)]

    private static func seeds(_ profile: Profile) -> [[UInt8]] {
        profile.vectors.compactMap { vector in
            guard case .message(_, let payload) = vector.input else { return nil }
            return Array(payload.utf8)
        } + ["Online", "23.4", "\"23.4\"", "null", ""].map { Array($0.utf8) }
    }

    @Test func `every shipped MQTT profile takes any payload`() throws {
        try #require(Self.profiles.count >= 4)
        let seeds = Self.profiles.map(Self.seeds)
        for var chance in FuzzRounds("MQTT payloads", 400) {
            let index = chance.next(in: 0..<Self.profiles.count)
            let profile = Self.profiles[index]
            let payload = payload(seeds[index], &chance)
            let began = SystemClock().uptime()
            var normalizer = Normalizer(points: profile.points)
            let decoder = PayloadDecoder(profile: profile) { _ in 25_200 }
            for message in profile.mqtt?.messages.indices ?? 0..<0 {
                let decoded = decoder.decode(payload, message: message)
                for second in [0.0, 60] {
                    let samples = normalizer.normalize(decoded.values, stamp: stamp(second))
                    for case .string(let text)? in samples.map({ $0?.value }) {
                        #expect(text.utf8.count <= payload.count)
                    }
                }
                for event in decoded.events {
                    var text = JSONText()
                    text.object(event.data.map { ($0.key, $0.value) })
                    // The text must be JSON.
                    _ = try JSONSerialization.jsonObject(with: Data(text.bytes))
                }
            }
            // A busy machine takes longer; unbounded work takes much longer.
            #expect(SystemClock().uptime() - began < .seconds(5), "\(payload.count) bytes")
        }
    }

    private func payload(_ seeds: [[UInt8]], _ chance: inout SeededChance) -> [UInt8] {
        switch chance.next(in: 0..<8) {
        case 0: return chance.bytes(chance.next(in: 0..<300))
        case 1:
            var json = RandomJSON(seed: chance.next())
            return json.flawed()
        case 2:
            let word = chance.one(of: Self.words)
            return Array((0..<chance.next(in: 1..<2_000)).map { _ in word }.joined())
        default: return chance.bent(chance.one(of: seeds), with: Self.words)
        }
    }

    private func stamp(_ seconds: Double) -> Stamp {
        Stamp(
            time: Instant(millisecondsSince1970: 1_795_000_000_000 + Int64(seconds * 1_000)),
            clock: .synchronised,
            boot: "a",
            uptime: Uptime(nanoseconds: Int64(seconds * 1e9))
        )
    }
}

import Decoding
import Documents
import Domain
import Normalizing
import Profiles
import TestSupport
import Testing

/// Every vector of every shipped profile is processed as a reading, and must give what its document says.
@Suite struct ProfileVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var profile: Profile
        var vector: ProfileVector

        var testDescription: String { "\(profile.id), line \(vector.line)" }
    }

    static let profiles = ProfileCatalogue.load(folders: [(Repository.devices, true)], log: ProblemLog()).all
    static let vectors = profiles.flatMap { profile in profile.vectors.map { Vector(profile: profile, vector: $0) } }

    @Test func everyProfileHasAVector() {
        #expect(Self.profiles.count >= 15)
        #expect(Set(Self.vectors.map(\.profile.id)).count == Self.profiles.count)
    }

    @Test(arguments: vectors) func theVectorDecodesToItsValues(shape: Vector) throws {
        let (raw, events) = try Self.raw(shape)
        let profile = shape.profile
        var normalizer = Normalizer(points: profile.points)
        // A point that is stable after N equal samples gets them.
        var samples: [Sample?] = []
        for second in 0..<100 { samples = normalizer.normalize(raw, stamp: stamp(Double(second))) }
        for (name, expected) in shape.vector.values {
            let index = try #require(profile.publicPoints.firstIndex { profile.points[$0].name == name })
            let sample = try #require(samples[index], "\(name) is absent")
            #expect(sample.reason == nil || expected.text == nil, "\(name): \(sample.words)")
            let said = sample.value?.description
            // 1481.0 and 1481 are the same number.
            let same =
                switch (said.flatMap { DecimalNumber($0) }, expected.text.flatMap { DecimalNumber($0) }) {
                case (let a?, let b?): a == b
                default: said == expected.text
                }
            #expect(same, "\(name): \(said ?? "null") instead of \(expected.text ?? "null")")
        }
        var data: [String: String] = [:]
        if let event = events.first {
            data["event_id"] = event.id
            for (key, value) in event.data { data[key] = Self.text(value) }
        }
        #expect(events.count == (shape.vector.event.isEmpty ? 0 : 1))
        #expect(data == Dictionary(uniqueKeysWithValues: shape.vector.event.map { ($0.key, $0.value.text ?? "null") }))
    }

    private static func raw(_ shape: Vector) throws -> ([RawValue?], [PayloadDecoder.DecodedEvent]) {
        let profile = shape.profile
        switch shape.vector.input {
        case .message(let topic, let payload):
            let message = try #require(
                profile.mqtt?.messages.firstIndex { $0.topic == topic },
                "no message has topic \(topic)"
            )
            let decoded = PayloadDecoder(profile: profile) { _ in 25_200 }.decode(Array(payload.utf8), message: message)
            return (decoded.values, decoded.events)
        case .frame(let bytes):
            let reader = try #require(FrameReader(profile: profile))
            let frame = reader.read(bytes)
            return (try #require(frame.values, "\(String(describing: frame.flaw))"), [])
        case .registers(let blocks):
            let decoder = RegisterDecoder(points: profile.points)
            var values: [RawValue?] = Array(repeating: .missing(.timeout), count: profile.points.count)
            for (range, words) in blocks {
                let carried = profile.points.indices.filter { index in
                    guard case .registers(let own, _, _) = profile.points[index].origin else { return false }
                    return own.table == range.table && range.start <= own.start && own.end <= range.end
                }
                let block = RegisterBlock(range: range, words: words, arrived: Uptime(nanoseconds: 0))
                decoder.decode(block, points: carried, into: &values)
            }
            return (values, [])
        }
    }

    private static func text(_ value: DataValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let number): number.description
        case .string(let text): text
        case .array(let elements): elements.map(text).joined(separator: ",")
        case .object: "an object"
        }
    }

    // MARK: Requests

    static let requests = vectors.filter { $0.vector.request != nil }

    @Test func aManualsRequestIsAmongTheVectors() { #expect(!Self.requests.isEmpty) }

    @Test(arguments: requests) func theRequestIsAReadOfItsVectorsTableWithARightCRC(shape: Vector) throws {
        let request = try #require(shape.vector.request)
        try #require(request.count == 8)
        #expect(Self.crc(request.prefix(6)) == UInt16(request[6]) | UInt16(request[7]) << 8)
        guard case .registers(let blocks) = shape.vector.input else {
            Issue.record("a request of a message")
            return
        }
        let start = Int(request[2]) << 8 | Int(request[3])
        let count = Int(request[4]) << 8 | Int(request[5])
        #expect((1...4).contains(request[1]))
        #expect(
            blocks.contains {
                $0.range.table.functionCode == request[1] && $0.range.start >= start && $0.range.start < start + count
            }
        )
    }

    /// CRC-16 of the Modbus serial line specification 1.02, section 6.2.2, bit by bit.
    private static func crc(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for byte in bytes {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
        }
        return crc
    }

    @Test func theCRCsOwnCheckValueIsRight() {
        #expect(Self.crc(Array("123456789".utf8)[...]) == 0x4B37)
    }
}

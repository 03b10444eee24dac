import Decoding
package import Documents
import Domain
import Normalizing
package import Profiles

/// Runs the vectors of a profile: each is processed as a reading, and must give what its document says.
package struct VectorTrial {
    private let profile: Profile
    private let vector: ProfileVector
    private let number: Int
    private var problems: [Problem] = []

    /// The profile as its vectors need it, and what they show to be wrong, also in reading it for them.
    package static func runs(of profile: Profile) -> (vectors: Int, failed: Int, problems: [Problem]) {
        let log = ProblemLog()
        var vectors = 0
        var failed = 0
        var found: [Problem] = []
        for profile in profile.withoutPlace.asVectorsNeed(log: log) {
            for vector in profile.vectors {
                let problems = problems(of: vector, in: profile)
                vectors += 1
                failed += problems.isEmpty ? 0 : 1
                found += problems
            }
        }
        return (vectors, failed, log.problems + found)
    }

    private static func problems(of vector: ProfileVector, in profile: Profile) -> [Problem] {
        var trial = VectorTrial(profile: profile, vector: vector)
        trial.run()
        return trial.problems
    }

    private init(profile: Profile, vector: ProfileVector) {
        self.profile = profile
        self.vector = vector
        number = vector.number
    }

    private mutating func run() {
        if vector.values.isEmpty, vector.event.isEmpty {
            fail("vector \(number): names no value that it must give, so it proves nothing")
        }
        checkRequest()
        guard let (raw, events) = read() else { return }
        var normalizer = Normalizer(points: profile.points)
        var samples: [Sample?] = []
        // A point that is stable after N equal samples gets them.
        for second in 0..<100 {
            samples = normalizer.normalize(raw, stamp: Self.stamp(second))
        }
        for (name, expected) in vector.values { check(name, expected, samples, raw) }
        check(events)
    }

    private mutating func fail(_ message: Message, at place: Place? = nil) {
        problems.append((place ?? vector.place).problem(message))
    }

    // MARK: Values

    private mutating func check(
        _ name: String,
        _ expected: ProfileVector.VectorValue,
        _ samples: [Sample?],
        _ raw: [RawValue?]
    ) {
        guard let index = profile.publicPoints.firstIndex(where: { profile.points[$0].name == name }) else {
            fail("vector \(number): \(name) is not published; name the point that shows its value", at: expected.place)
            return
        }
        let wanted = expected.text ?? "null"
        guard let sample = samples[index] else {
            fail("vector \(number): its message has no \(name); it must be \(number: wanted)", at: expected.place)
            return
        }
        // A value that is not good may be published all the same; no figure takes it.
        if expected.text == nil, sample.quality == .bad { return }
        let said = sample.value?.description ?? "null"
        let isSame = Self.isSame(sample.value?.description, expected.text)
        if let reason = sample.reason, expected.text != nil {
            // What was found says more than the reason's word, where a rule is not kept.
            let why = sample.why ?? reason.word
            if reason == .timeout {
                fail(
                    "vector \(number): lacks registers of \(name), or of a point that vouches for it",
                    at: expected.place
                )
            } else if isSame {
                fail(
                    "vector \(number): \(name) is \(number: said), but not good (\(why))",
                    at: expected.place
                )
            } else {
                fail(
                    "vector \(number): \(name) is \(number: said) (\(why)), not \(number: wanted)",
                    at: expected.place
                )
            }
        } else if !isSame {
            fail("vector \(number): \(name) is \(number: said), not \(number: wanted)", at: expected.place)
        }
    }

    /// 1481.0 and 1481 are the same number.
    private static func isSame(_ said: String?, _ expected: String?) -> Bool {
        switch (said.flatMap { DecimalNumber($0) }, expected.flatMap { DecimalNumber($0) }) {
        case (let a?, let b?): a == b
        default: said == expected
        }
    }

    // MARK: Events

    private mutating func check(_ events: [PayloadDecoder.DecodedEvent]) {
        guard let event = events.first else {
            if !vector.event.isEmpty { fail("vector \(number): makes no event") }
            return
        }
        guard !vector.event.isEmpty else {
            fail("vector \(number): makes an event \"\(event.name)\", and no \"event\" says what it holds")
            return
        }
        var data = ["event_id": event.id]
        for (key, value) in event.data { data[key] = Self.text(value) }
        for (key, expected) in vector.event {
            let said = data.removeValue(forKey: key)
            let wanted = expected.text ?? "null"
            if said != wanted {
                fail(
                    "vector \(number): \(key) of the event is \(said ?? "null"), not \(wanted)",
                    at: expected.place
                )
            }
        }
        for key in data.keys.sorted() {
            fail("vector \(number): the event holds \(key) too, and \"event\" does not say what it is")
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

    // MARK: What the device sends

    private mutating func read() -> (values: [RawValue?], events: [PayloadDecoder.DecodedEvent])? {
        switch vector.input {
        case .message(let topic, let payload):
            guard let message = profile.mqtt?.message(on: topic) else {
                fail("vector \(number): no message of the profile has topic \(topic)")
                return nil
            }
            // The zone decides nothing here: a vector has no time.
            let decoded = PayloadDecoder(profile: profile) { _ in 25_200 }.decode(Array(payload.utf8), message: message)
            return (decoded.values, decoded.events)
        case .frame(let bytes):
            guard let frame = FrameReader(profile: profile)?.read(bytes), let values = frame.values else {
                fail("vector \(number): the frame is none of the profile that carries values")
                return nil
            }
            return (values, [])
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

    private static func stamp(_ second: Int) -> Stamp {
        let time = Instant(millisecondsSince1970: 1_800_000_000_000) + .seconds(second)
        let uptime = Uptime(nanoseconds: Int64(second) * 1_000_000_000)
        return Stamp(time: time, clock: .synchronised, boot: "vector", uptime: uptime)
    }

    // MARK: Requests

    /// A printed request of the serial line must be a read of the vector's registers.
    private mutating func checkRequest() {
        guard let request = vector.request, request.count == 8, case .registers(let blocks) = vector.input else {
            return
        }
        let crc = Self.crc(request.prefix(6))
        let sent = UInt16(request[6]) | UInt16(request[7]) << 8
        if crc != sent {
            fail("vector \(number): the request's last two bytes are no CRC of the others; look for a typing error")
        }
        let start = Int(request[2]) << 8 | Int(request[3])
        let count = Int(request[4]) << 8 | Int(request[5])
        let isOfIt = blocks.contains { block in
            block.range.table.functionCode == request[1] && block.range.start < start + count
                && start < block.range.end
        }
        if !isOfIt {
            fail(
                "vector \(number): the request reads \(count) from address \(start), which is none of its registers; "
                    + "look at \"numbering\""
            )
        }
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
}

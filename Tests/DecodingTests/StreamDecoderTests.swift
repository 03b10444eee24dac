import Decoding
import Documents
import Domain
import Profiles
import TestSupport
import Testing

/// Streams written in the test, and those that are shipped.
enum Streams {
    static func profile(_ stream: String, points: String) throws -> Profile {
        try Written.profile(
            "profile: written\nname: Written\nmeasures: waste\nsource: a test\nstream:\n"
                + stream.split(separator: "\n").map { "  \($0)\n" }.joined() + "points:\n"
                + points.split(separator: "\n").map { "  \($0)\n" }.joined()
        )
    }

    static let shipped = ProfileCatalogue.load(folders: [(Repository.devices, true)], log: ProblemLog()).all
        .filter { $0.stream != nil }

    static func shipped(_ id: String) throws -> Profile { try #require(shipped.first { $0.id == id }) }

    /// Lines that end with CR and LF, with a weight of seven characters.
    static func lines() throws -> Profile {
        try profile(
            "end: \"\\r\\n\"\nframes:\n  weight: { pattern: \"ww{weight:7}kg\" }",
            points: "weight: { field: weight, unit: kg }"
        )
    }

    /// What a decoder makes of bytes in one piece: values of the first point, or the word `damaged` or `nothing`.
    static func heard(_ text: String, _ profile: Profile, aligned: Bool = true) throws -> [String] {
        var decoder = try #require(StreamDecoder(profile: profile))
        decoder.restart(isAligned: aligned)
        return decoder.take(text.utf8).map(words)
    }

    static func words(_ frame: StreamFrame) -> String {
        switch frame.outcome {
        case .damaged: "damaged"
        case .nothing: "nothing"
        case .values(let values):
            switch values.first ?? nil {
            case .value(let value): value.description
            case .missing(let reason): reason.word
            case nil: "absent"
            }
        }
    }
}

@Suite struct `The decoder of a stream` {
    @Test func `takes frames in any pieces`() throws {
        let profile = try Streams.lines()
        let text = Array("ww0003.17kg\r\nww-012.50kg\r\n".utf8)
        for size in 1...text.count {
            var decoder = try #require(StreamDecoder(profile: profile))
            decoder.restart(isAligned: true)
            var heard: [String] = []
            for start in stride(from: 0, to: text.count, by: size) {
                heard += decoder.take(text[start..<min(text.count, start + size)]).map(Streams.words)
            }
            #expect(heard == ["3.17", "-12.5"], "pieces of \(size)")
        }
    }

    @Test func `leaves out what was cut off by the opening`() throws {
        let profile = try Streams.lines()
        #expect(try Streams.heard("03.17kg\r\nww0003.18kg\r\n", profile, aligned: false) == ["3.18"])
        // A whole frame may be the rest of a longer one too.
        #expect(try Streams.heard("ww0003.17kg\r\nww0003.18kg\r\n", profile, aligned: false) == ["3.18"])
    }

    @Test func `takes the first frame after a silence`() throws {
        var decoder = try #require(StreamDecoder(profile: try Streams.lines()))
        #expect(decoder.fellSilent().isEmpty)
        #expect(decoder.take("ww0003.17kg\r\n".utf8).map(Streams.words) == ["3.17"])
    }

    @Test func `a frame that broke off is not joined to the rest of a later one`() throws {
        var decoder = try #require(StreamDecoder(profile: try Streams.lines()))
        #expect(decoder.take("ww0001.00kg\r\nww0001.00kg\r\nww00022".utf8).map(Streams.words) == ["1"])
        #expect(decoder.fellSilent().map(Streams.words) == ["damaged"])
        #expect(decoder.take("3.33kg\r\nww0004.00kg\r\n".utf8).map(Streams.words) == ["4"])
    }

    @Test(arguments: [
        "ww0003.17kgww0003.17kg\r\n",  // two frames run together
        "ww0003.1kg\r\n",  // a lost digit
        "ww00033.17kg\r\n",  // a digit too many
        "ww00 3.17kg\r\n",  // a blank between digits
        "ww0003.17lb\r\n",  // another unit
        "wx0003.17kg\r\n", "ww0O03.1kg\r\n", "ww00.3.7kg\r\n", "ww     . kg\r\n", "ww       kg\r\n", "ww--03.1kg\r\n",
        "kg\r\n", "ww0003.17kg \r\n", " ww0003.17kg\r\n",
        "ww0003.\u{0}7kg\r\n",  // a character with a wrong parity
    ])
    func `makes no number of a damaged line`(line: String) throws {
        #expect(try Streams.heard(line + "ww0001.00kg\r\n", Streams.lines()) == ["damaged", "1"])
    }

    @Test func `takes no rest of a line that is too long`() throws {
        let profile = try Streams.profile(
            "end: \"\\n\"\nframes:\n  weight: { pattern: \"{weight}\" }",
            points: "weight: { field: weight, unit: kg }"
        )
        let long = String(repeating: "1", count: 600)
        var decoder = try #require(StreamDecoder(profile: profile))
        decoder.restart(isAligned: true)
        #expect(decoder.take(long.utf8).map(Streams.words) == ["damaged"])
        #expect(decoder.take("23\n45\n".utf8).map(Streams.words) == ["45"])
    }

    @Test func `counts no empty line as damage`() throws {
        #expect(try Streams.heard("\r\nww0003.17kg\r\n\r\nww0003.18kg\r\n", Streams.lines()) == ["3.17", "3.18"])
    }

    @Test func `takes a number with blanks around it, and one without a point`() throws {
        let profile = try Streams.lines()
        #expect(try Streams.heard("ww-   1.5kg\r\nww   42  kg\r\nww+000012kg\r\n", profile) == ["-1.5", "42", "12"])
    }

    @Test func `finds the next frame behind a torn one that began in the same way`() throws {
        let profile = try Streams.shipped("yaohua-a9")
        let torn = "\u{2}+0123\u{2}+012345218\u{3}\u{2}-000012219\u{3}"
        let heard = try Streams.heard(torn, profile)
        #expect(heard.filter { $0 != "damaged" }.first == "12345")
        #expect(heard.first == "damaged")
    }

    @Test func `believes no frame whose checksum is wrong`() throws {
        let profile = try Streams.shipped("yaohua-a9")
        #expect(try Streams.heard("\u{2}+012345218\u{3}", profile) == ["12345"])
        #expect(try Streams.heard("\u{2}+012345318\u{3}", profile) == ["damaged"])
        #expect(try Streams.heard("\u{2}-012345218\u{3}", profile) == ["damaged"])
    }

    @Test func `believes a frame of known length only when the next start follows`() throws {
        let profile = try Streams.shipped("yaohua-reversed")
        #expect(try Streams.heard("=00.1000-=00.2000-=", profile) == ["-1", "-2"])
        // A byte too many is no part of a number.
        #expect(try Streams.heard("=00.100009=00.2000-=", profile) == ["damaged", "-2"])
        #expect(try Streams.heard("=00.1000=00.2000-=", profile) == ["damaged", "-2"])
        var decoder = try #require(StreamDecoder(profile: profile))
        decoder.restart(isAligned: true)
        #expect(decoder.take("=00.1000-".utf8).isEmpty)
        #expect(decoder.fellSilent().map(Streams.words) == ["-1"])
    }

    @Test func `says that an overloaded scale has no value`() throws {
        let profile = try Streams.shipped("and-18")
        #expect(try Streams.heard("OL,GS,+    .  kg\r\n", profile) == ["out_of_range"])
        #expect(try Streams.heard("OL,GS,+9999999kg\r\n", profile) == ["out_of_range"])
    }

    @Test func `says nothing of a frame that is to be ignored`() throws {
        #expect(try Streams.heard("wt0001.00kg\r\n", Streams.shipped("yaohua-a12e-lines")) == ["nothing"])
    }

    @Test func `reads a field up to the sign that follows it`() throws {
        let profile = try Streams.profile(
            "start: \"$\"\nend: \"\\r\\n\"\nchecksum: { kind: xor, over: [2, -6], at: [-4, -3], as: hex }\n"
                + "frames:\n  wind: { pattern: \"WIMWV,{angle},R,{speed},M,A*{:2}\" }",
            points: "speed: { field: speed, unit: m/s }\nangle: { field: angle, unit: deg }"
        )
        let body = "WIMWV,214.8,R,0.1,M,A"
        let sum = body.utf8.reduce(0 as UInt8, ^)
        let hex = String(sum, radix: 16, uppercase: true)
        #expect(try Streams.heard("$\(body)*\(hex)\r\n", profile) == ["0.1"])
        #expect(try Streams.heard("$WIMWV,214.8,R,0.2,M,A*\(hex)\r\n", profile) == ["damaged"])
    }

    @Test func `says where a frame is not as the profile says`() throws {
        let reader = try #require(FrameReader(profile: try Streams.lines()))
        let lb = reader.read(Array("ww0003.17lb\r\n".utf8))
        #expect(lb.flaw == .pattern(at: 10, wanted: Array("kg".utf8)))
        let blank = reader.read(Array("ww00 3.17kg\r\n".utf8))
        #expect(blank.flaw == .value(point: "weight", bytes: Array("00 3.17".utf8)))
    }
}

/// Damages frames by chance: nothing ends the program, and no damaged frame with a checksum becomes a number.
@Suite struct `Fuzz of the decoder of a stream` {
    private static func frames(_ profile: Profile) -> [[UInt8]] {
        profile.vectors.compactMap { vector in
            guard case .frame(let bytes) = vector.input else { return nil }
            return bytes
        }
    }

    @Test func `every shipped profile takes any bytes, and no value from a damaged frame with a checksum`() throws {
        let profiles = Streams.shipped
        try #require(profiles.count >= 6)
        for var chance in FuzzRounds("streams", 600) {
            let profile = profiles[chance.next(in: 0..<profiles.count)]
            let known = Self.frames(profile)
            var bytes: [UInt8] = []
            for _ in 0..<chance.next(in: 1..<12) {
                var frame = chance.one(of: known)
                switch chance.next(in: 0..<6) {
                case 0: frame[chance.next(in: 0..<frame.count)] ^= UInt8(1) << UInt8(chance.next(in: 0..<8))
                case 1: frame.remove(at: chance.next(in: 0..<frame.count))
                case 2: frame.insert(UInt8(chance.next(in: 0..<256)), at: chance.next(in: 0..<frame.count))
                case 3: frame.removeLast(chance.next(in: 0..<frame.count))
                case 4: frame = chance.bytes(chance.next(in: 0..<40))
                default: break
                }
                bytes += frame
            }
            var decoder = try #require(StreamDecoder(profile: profile))
            decoder.restart(isAligned: chance.next(in: 0..<2) == 0)
            var heard: [StreamFrame] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(chance.next(in: 1..<30))
                heard += decoder.take(piece)
                rest = rest.dropFirst(piece.count)
                if chance.next(in: 0..<10) == 0 { heard += decoder.fellSilent() }
            }
            let reader = try #require(FrameReader(profile: profile))
            let right = known.map { reader.read($0).values }
            for frame in heard where frame.values != nil {
                let isRight = profile.stream?.checksum == nil || right.contains { $0 == frame.values }
                #expect(isRight, "\(profile.id) \(frame.bytes)")
                #expect(frame.bytes.count <= StreamAccess.longestFrame)
            }
        }
    }
}

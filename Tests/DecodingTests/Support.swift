import Decoding
import Documents
import Domain
import Profiles
import Testing

/// Profiles written in the test itself.
enum Written {
    static func profile(_ text: String) throws -> Profile {
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "written.yaml", log: log))
        let profile = ProfileReader.read(map, expectedID: nil, hash: "")
        try #require(log.problems.map(\.description) == [])
        return try #require(profile)
    }

    /// One point `p` at holding register 0, from the inside of `{ ... }`.
    static func registers(_ point: String, order: String = "ABCD") throws -> Profile {
        try profile(
            """
            profile: written
            name: Written
            measures: water
            source: a test
            modbus: { numbering: from_0, word_order: \(order) }
            points:
              p: { holding: 0, \(point) }
            """
        )
    }
}

/// Decodes these words as the one point of a profile.
func decoded(_ words: [UInt16], as point: String, order: String = "ABCD") throws -> RawValue {
    let profile = try Written.registers(point, order: order)
    var values: [RawValue?] = [.missing(.timeout)]
    let range = RegisterRange(.holding, start: 0, count: words.count)
    RegisterDecoder(points: profile.points)
        .decode(RegisterBlock(range: range, words: words, arrived: Uptime(nanoseconds: 0)), points: [0], into: &values)
    return try #require(values[0])
}

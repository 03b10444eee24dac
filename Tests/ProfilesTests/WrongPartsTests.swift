import Documents
import Profiles
import Testing

/// Mistakes in the parts of messages are found when the profile is read, each with its place.
@Suite struct WrongPartsTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        var parts: String
        var point: String
        var problem: String
        var testDescription: String { problem }
    }

    private static let frame = "f: { path: d, as: hex, byte_order: big }"
    private static let channels =
        "f: { path: d, as: hex, byte_order: big, channels: { a: { id: \"01 75\", bytes: 1 }, "
        + "b: { id: \"02\", bytes: 2 } } }"

    static let all = [
        Wrong(
            parts: "f: { path: d, as: hex }",
            point: "part: f, bytes: 1-2, type: uint16",
            problem: "\"byte_order\" is missing: big (most significant byte first) or little, here or at the part"
        ),
        Wrong(parts: frame, point: "part: f, bytes: 1-3, type: uint16", problem: "takes 2 bytes, and here are 3"),
        Wrong(parts: frame, point: "part: f, bytes: 0-1, type: uint16", problem: "found \"0-1\""),
        Wrong(parts: frame, point: "part: f, type: uint16", problem: "\"bytes\" is missing: which bytes of \"f\"?"),
        Wrong(parts: frame, point: "part: f, bytes: 1", problem: "\"type\" is missing: what do the bytes hold?"),
        Wrong(parts: frame, point: "part: f, item: 1, type: uint8", problem: "\"f\" is bytes; in it bytes is possible"),
        Wrong(parts: frame, point: "part: g, bytes: 1, type: uint8", problem: "no part is named \"g\" here or above"),
        Wrong(
            parts: frame,
            point: "part: f, bytes: 1, type: uint8, bits: { x: 8 }",
            problem: "x: uint8 has bits 0 to 7"
        ),
        Wrong(
            parts: frame,
            point: "part: f, bytes: 1, type: uint8, byte_order: little",
            problem: "the order of bytes changes nothing here"
        ),
        Wrong(
            parts: frame,
            point: "part: f, bytes: 1-2, type: uint16, counter: { bits: 32, max_rate: 1 }",
            problem: "32 bits do not fit uint16"
        ),
        Wrong(
            parts: frame,
            point: "part: f, bytes: 1-3, type: string, scale: 2",
            problem: "only a number has a scale"
        ),
        Wrong(
            parts: "g: { part: h, path: x, as: json }",
            point: "part: g, path: y",
            problem: "no part is named \"h\" here or above"
        ),
        Wrong(parts: "l: { as: list }", point: "part: l, item: 1", problem: "\"separator\" is missing"),
        Wrong(
            parts: "l: { as: list, separator: \";\" }",
            point: "part: l",
            problem: "where in \"l\"? Write a path, or the item's number from 1"
        ),
        Wrong(
            parts: "l: { as: list, separator: \";\" }",
            point: "part: l, item: 0",
            problem: "0 is outside 1 to 65536"
        ),
        Wrong(
            parts: "f: { path: d, as: bytes }",
            point: "part: f, bytes: 1, type: uint8",
            problem: "a JSON text holds no bare bytes"
        ),
        Wrong(
            parts: channels,
            point: "part: f, type: uint8",
            problem: "\"channel\" is missing: which channel of \"f\"?"
        ),
        Wrong(
            parts: channels,
            point: "part: f, channel: a, bytes: 2, type: uint8",
            problem: "channel \"a\" has 1 bytes"
        ),
        Wrong(
            parts: "f: { as: hex, channels: { a: { id: \"01 75\", bytes: 1 }, b: { id: \"01\", bytes: 2 } } }",
            point: "part: f, channel: a, type: uint8",
            problem: "begins as the id of \"a\" does; which one follows could not be known"
        ),
        Wrong(
            parts: "f: { as: hex, channels: { a: { id: 0175, bytes: 1 } } }",
            point: "part: f, channel: a, type: uint8",
            problem: "expected bytes of two hexadecimal digits"
        ),
    ]

    @Test(arguments: all) func `a mistake in parts is found`(wrong: Wrong) throws {
        let log = ProblemLog()
        let text = """
            profile: wrong
            name: Wrong
            measures: water
            source: a test
            mqtt:
              messages:
                m:
                  topic: t
                  parts:
                    \(wrong.parts)
            points:
              p: { message: m, \(wrong.point) }
            """
        let map = try #require(Document.mapping(of: text, file: "wrong.yaml", log: log))
        #expect(ProfileReader.read(map, expectedID: nil, hash: "") == nil)
        let found = log.problems.map(\.description)
        #expect(found.contains { $0.contains(wrong.problem) }, "\(found)")
    }
}

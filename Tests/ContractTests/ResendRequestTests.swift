import Contract
import TestSupport
import Testing

@Suite struct `A request to send entries again` {
    private static func read(_ text: String) -> ResendRequest? { ResendRequest(payload: Array(text.utf8)) }

    @Test func `names an epoch and ranges of its numbers`() throws {
        let request = try #require(Self.read(#"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[97,106],[112,112]]}"#))
        #expect(request.epoch == "7-3f2a9c1d")
        #expect(request.ranges == [97...106, 112...112])
    }

    @Test func `may have keys that nobody knows`() {
        #expect(Self.read(#"{"v":1,"x":[],"epoch":"7-3f2a9c1d","ranges":[[1,1]],"why":"a kill"}"#) != nil)
    }

    @Test(arguments: [
        ("spaces, as json.dumps writes", #"{"v": 1, "epoch": "7-3f2a9c1d", "ranges": [[97, 106], [112, 112]]}"#),
        ("line feeds", "{\n \"v\": 1,\r\n\t\"epoch\": \"7-3f2a9c1d\",\n \"ranges\": [\n[97,106],\n[112,\n112]]\n}\n"),
        ("another order", #"{"ranges":[[97,106],[112,112]],"epoch":"7-3f2a9c1d","v":1}"#),
        (
            "other members",
            #"{"é":{"x":[true,null,1.5e3]},"v":1,"epoch":"7-3f2a9c1d","ranges":[[97,106],[112,112]],"w":""}"#
        ),
        ("an escape", #"{"v":1,"\u0065poch":"7-3f2a9c1d","ranges":[[97,106],[112,112]]}"#),
    ])
    func `is a peer's text, which may have`(what: String, text: String) throws {
        let request = try #require(Self.read(text), "\(what)")
        #expect(request == ResendRequest(epoch: "7-3f2a9c1d", ranges: [97...106, 112...112]))
    }

    @Test func `is read as it is written`() throws {
        let ranges: [ClosedRange<UInt64>] = (UInt64(0)..<100).map { $0 * 10 + 1...$0 * 10 + 5 }
        let request = try #require(ResendRequest(epoch: "12-00000000", ranges: ranges))
        #expect(ResendRequest(payload: request.payload) == request)
    }

    @Test(arguments: [
        ("nothing", ""), ("no JSON", "now"), ("no object", "[1]"),
        ("another version", #"{"v":2,"epoch":"7-3f2a9c1d","ranges":[[1,2]]}"#),
        ("no epoch", #"{"v":1,"ranges":[[1,2]]}"#), ("no ranges", #"{"v":1,"epoch":"7-3f2a9c1d"}"#),
        ("an epoch that is a number", #"{"v":1,"epoch":7,"ranges":[[1,2]]}"#),
        ("an epoch with a topic in it", #"{"v":1,"epoch":"7/#","ranges":[[1,2]]}"#),
        ("an epoch with a line feed", #"{"v":1,"epoch":"7-3f2a9c1d\n","ranges":[[1,2]]}"#),
        ("an epoch that no counter gives", #"{"v":1,"epoch":"07-3f2a9c1d","ranges":[[1,2]]}"#),
        ("an epoch that is long", #"{"v":1,"epoch":"12345678901234567890-3f2a9c1d","ranges":[[1,2]]}"#),
        ("an epoch in capitals", #"{"v":1,"epoch":"7-3F2A9C1D","ranges":[[1,2]]}"#),
        ("no range", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[]}"#),
        ("ranges that are no list", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":{"1":2}}"#),
        ("half a range", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1]]}"#),
        ("a range of three", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1,2,3]]}"#),
        ("a range that goes back", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[2,1]]}"#),
        ("number 0", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[0,1]]}"#),
        ("a negative number", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[-1,1]]}"#),
        ("half a number", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1,1.5]]}"#),
        ("a number as a text", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[["1","2"]]}"#),
        ("a number above all rows", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1,4611686018427387905]]}"#),
        ("a number of more than 64 bits", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1,99999999999999999999]]}"#),
        ("a number beyond the doubles", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1,1e999]]}"#),
        ("a version as a text", #"{"v":"1","epoch":"7-3f2a9c1d","ranges":[[1,2]]}"#),
        ("something behind it", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1,2]]} {}"#),
        ("one good range and one bad", #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1,2],null]}"#),
    ])
    func `is none with`(what: String, text: String) {
        #expect(Self.read(text) == nil, "\(what)")
    }

    @Test func `has at most 100 ranges`() {
        let ranges = String(repeating: "[1,1],", count: 100)
        #expect(Self.read(#"{"v":1,"epoch":"7-3f2a9c1d","ranges":["# + ranges.dropLast() + "]}") != nil)
        #expect(Self.read(#"{"v":1,"epoch":"7-3f2a9c1d","ranges":["# + ranges + "[1,1]]}") == nil)
    }

    @Test func `has at most 16 KiB`() {
        let head = #"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[1,1]],"why":""#
        func text(_ size: Int) -> String { head + String(repeating: "x", count: size - head.utf8.count - 2) + #""}"# }
        #expect(Self.read(text(16_384)) != nil)
        #expect(Self.read(text(16_385)) == nil)
    }

    @Test func `is read or refused, whatever bytes come`() {
        let sound = Array(#"{"v":1,"epoch":"7-3f2a9c1d","ranges":[[97,106],[112,4611686018427387904]]}"#.utf8)
        for var chance in FuzzRounds("requests with bytes changed", 20_000) {
            let bytes = chance.bent(sound, with: [[0], Array("[[".utf8), Array("]]".utf8), Array("9".utf8)])
            guard let request = ResendRequest(payload: bytes) else { continue }
            #expect(request.ranges.allSatisfy { $0.lowerBound >= 1 && $0.upperBound <= 1 << 62 })
        }
    }
}

import Domain
import Testing

@Suite("Point fragments")
struct PointFragmentsTests {
    @Test("hold the JSON that no reading changes, escaped")
    func fragments() throws {
        let field = PointFace.Field(name: "stable", low: 0, high: 0)
        let shape = ReadingShape(
            site: "s",
            device: "d",
            points: [PointFace(name: "a\"b", unit: Unit("L/s"), fields: [field]), PointFace(name: "c", unit: nil)]
        )
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        #expect(text(shape.fragments[0].opening) == #""a\"b":{"value":"#)
        #expect(text(shape.fragments[0].unit) == #","unit":"L/s""#)
        #expect(shape.fragments[0].fields.map(text) == [#""stable":"#])
        #expect(shape.fragments[1].unit.isEmpty)
    }
}

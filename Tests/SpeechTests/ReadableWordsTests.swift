import Control
import Domain
@testable import Speech
import Testing

@Suite struct `Words for people` {
    private static let face = PointFace(
        name: "discharge",
        unit: Unit("L/s"),
        words: PointWords(label: Label(en: "discharge", id: "debit"), show: Unit("m3/h"), names: [:])
    )
    private static let pump = PointFace(
        name: "pump",
        unit: nil,
        words: PointWords(label: nil, show: nil, names: [1: Label(en: "run", id: "jalan")])
    )

    @Test func `stand in place of the name, of the unit and beside the value`() {
        let shown = ShownValue(Self.face, Sample(value: .decimal(DecimalNumber("10") ?? .zero)))
        #expect(Language.id.title("discharge", shown?.label) == "debit")
        #expect(Language.id.fullTitle("discharge", shown?.label) == "debit (discharge)")
        #expect(Language.en.fullTitle("discharge", shown?.label) == "discharge")
        #expect(shown?.unit == "m3/h" && shown?.value == .number(36))
        let run = ShownValue(Self.pump, Sample(value: .unsigned(1)))
        #expect(Language.id.meanings(run?.meanings ?? []) == " (jalan)")
        #expect(run?.value == nil)
    }

    @Test func `are none for a point without any`() {
        #expect(ShownValue(PointFace(name: "level", unit: Unit("m")), Sample(value: .unsigned(1))) == nil)
        #expect(ShownValue(Self.pump, Sample(value: .unsigned(7))) == nil)
    }
}

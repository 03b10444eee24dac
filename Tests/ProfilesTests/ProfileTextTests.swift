import Documents
import Profiles
import Testing

@Suite struct ProfileTextTests {
    private static func page(_ points: String) throws -> String {
        let log = ProblemLog()
        let text = """
            profile: shown
            name: Shown
            measures: water
            source: a test
            modbus: { numbering: from_0, word_order: ABCD }
            points:
            \(points)
            """
        let map = try #require(Document.mapping(of: text, file: "shown.yaml", log: log))
        let profile = try #require(ProfileReader.read(map, expectedID: nil, hash: ""), "\(log.problems)")
        return ProfileText.page(profile).joined(separator: "\n")
    }

    @Test func aWeirIsShownWithAllThatItsNumberDependsOn() throws {
        let level = "  h: { holding: 0, type: uint16, unit: mm }\n"
        let page = try Self.page(
            level + "  q: { weir: { level: h, angle: 90, coefficient: 1.365, zero: 0.1, surveyed: 2026-10-03,\n"
                + "    head_correction: 0.00085, greatest_head: 0.38 }, unit: m3/s }"
        )
        #expect(
            page.contains(
                "weir over h, 90 degrees, coefficient 1.365, zero at 0.1 m, surveyed 2026-10-03, "
                    + "head correction 0.00085 m, head at most 0.38 m, in m3/s"
            )
        )
        let older = try Self.page(level + "  q: { weir: { level: h, angle: 60, coefficient: 1.38, zero: 0 } }")
        #expect(older.contains("weir over h, 60 degrees, coefficient 1.38, zero at 0 m, no survey named"))
    }

    @Test func aFloatWhoseTinyValuesAreZeroIsShownSo() throws {
        let page = try Self.page("  p: { holding: 0, type: float32, tiny: zero }\n  o: { holding: 2, type: float32 }")
        #expect(page.split(separator: "tiny is 0").count == 2)
    }
}

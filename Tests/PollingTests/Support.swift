import Documents
import Domain
import Polling
import Profiles
import Testing

/// A profile of registers without further meaning: as much as a plan needs to know.
struct Layout: Sendable {
    /// Table, start, count; in any order.
    var values: [RegisterRange]
    var maxRegisters = 125
    var maxGap = 0
    var avoid: [ClosedRange<Int>] = []

    func points() throws -> [Point] { try profile().points }

    func plan() throws -> BlockPlan {
        let profile = try profile()
        return BlockPlan(points: profile.points, access: try #require(profile.modbus))
    }

    func access() throws -> ModbusAccess { try #require(try profile().modbus) }

    private func profile() throws -> Profile {
        var text = """
            profile: layout
            name: Layout
            measures: water
            source: a test
            modbus:
              numbering: from_0
              word_order: ABCD
              max_registers: \(maxRegisters)
              max_gap: \(maxGap)
              avoid: [\(avoid.map { "\"\($0.lowerBound)-\($0.upperBound)\"" }.joined(separator: ", "))]
            points:

            """
        for (index, value) in values.enumerated() {
            let type = value.table.holdsBits ? "" : ", type: string, registers: \(value.count)"
            text += "  p\(index): { \(value.table.rawValue): \(value.start)\(type) }\n"
        }
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "layout.yaml", log: log))
        let profile = ProfileReader.read(map, expectedID: nil, hash: "")
        try #require(log.problems.map(\.description) == [])
        return try #require(profile)
    }
}

func holding(_ start: Int, _ count: Int = 1) -> RegisterRange { RegisterRange(.holding, start: start, count: count) }

func at(_ seconds: Double) -> Uptime { Uptime(nanoseconds: 1_000_000_000_000 + Int64((seconds * 1e9).rounded())) }

/// Pseudo-random numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

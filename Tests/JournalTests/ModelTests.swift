import Contract
import Domain
import TestSupport
import Testing

@testable import Journal

/// Random operations on a journal and on a model of it, over orderly restarts and crashes. The clock stands, so commits
/// happen only where the model makes them.
@Suite("The journal and its model")
struct ModelTests {
    struct Model {
        var entries: [Int64: (epoch: String, seq: UInt64, body: [UInt8])] = [:]
        var pending: [String: Set<Int64>] = ["a": [], "b": []]
        var remembered: [UInt8]?
    }

    @Test("agree", arguments: 1...8 as ClosedRange<UInt64>)
    func agree(seed: UInt64) throws {
        var random = Generator(state: seed)
        let destinations = ["a", "b"].map { JournalDestination(id: $0) }
        func open(_ folder: TemporaryFolder) throws -> Bench {
            try Bench(folder, destinations: destinations) { ($0.groupCount, $0.groupFill) = (.max, .max) }
        }
        var bench = try open(TemporaryFolder())
        var model = Model()
        var saved = model
        for step in 0..<600 {
            let id = Bool.random(using: &random) ? "a" : "b"
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<50:
                let entry = bench.journal.append(
                    flowReading(bench.clock.stamp(), volume: UInt64(step)),
                    remembering: ("key", [UInt8(step % 256)])
                )
                model.entries[entry.row] = (entry.epoch, entry.seq, entry.body)
                for id in ["a", "b"] { model.pending[id]?.insert(entry.row) }
                model.remembered = [UInt8(step % 256)]
            case 50..<80:
                let row =
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: model.pending[id]?.min()
                    case 1: model.pending[id]?.max()
                    default: model.pending[id]?.sorted().randomElement(using: &random)
                    }
                guard let row else { continue }
                bench.journal.acknowledge(row: row, destination: id)
                model.pending[id]?.remove(row)
            case 80..<90:
                #expect(bench.journal.flush())
                saved = model
            case 90..<96:
                let after = saved.entries.keys.max().map { Int64.random(in: 0...$0, using: &random) } ?? 0
                let expected = (model.pending[id] ?? []).filter { $0 > after && saved.entries[$0] != nil }.sorted()
                let page = bench.page(id, after: after, limit: 20)
                #expect(page.map(\.row) == Array(expected.prefix(20)))
                for entry in page {
                    let known = try #require(model.entries[entry.row])
                    #expect(entry.epoch == known.epoch && entry.seq == known.seq && entry.body == known.body)
                }
            case 96..<98:
                bench.journal.close()
                saved = model
                bench = try open(bench.folder)
            default:
                let folder = try bench.folder.copyAsCrashed()
                bench.journal.close()
                model = saved
                bench = try open(folder)
            }
            for id in ["a", "b"] {
                #expect(bench.journal.pending(destination: id).count == model.pending[id]?.count)
            }
            #expect(bench.journal.recall("key") == model.remembered)
        }
    }

    /// SplitMix64: the same operations for the same seed.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}

import Decoding
import Domain
import Modbus
import Normalizing
import Profiles
import Testing

@testable import Buses

/// A device whose registers are those of a SunSpec chain that the test writes.
@Suite struct `A SunSpec device` {
    private final class Field {
        var memory: [Int: UInt16] = [:]
        let work: BusWork
        var normalizer: Normalizer
        let profile: Profile
        private(set) var asked: [RegisterRange] = []
        private(set) var news: [BusWork.News] = []
        private var seconds = 0.0

        init() throws {
            profile = try writtenProfile(
                """
                modbus: { numbering: from_0, word_order: ABCD }
                points:
                  power: { sunspec: { model: 103, point: W } }
                  energy: { sunspec: { model: 103, point: WH }, publish: kW.h, counter: { bits: 32 } }
                  soc: { sunspec: { model: 802, point: SoC } }
                  serial: { sunspec: { model: 1, point: SN } }

                """
            )
            let access = try #require(profile.modbus)
            work = BusWork(
                devices: [(device(profile, id: "inverter", unit: 1, interval: .seconds(1)), access)],
                isShared: false,
                requestsAtOnce: 1,
                gridStart: at(0),
                now: at(0),
                isDown: { _ in false }
            )
            normalizer = Normalizer(points: profile.points)
        }

        /// Writes a chain at that base: each model's id, length and words from offset 2 on.
        func write(base: Int, _ models: [(id: UInt16, length: Int, words: [Int: UInt16])]) {
            memory = [base: 0x5375, base + 1: 0x6E53]
            var start = base + 2
            for (id, length, words) in models {
                for offset in 0..<length + 2 { memory[start + offset] = words[offset] ?? 0 }
                memory[start] = id
                memory[start + 1] = UInt16(length)
                start += length + 2
            }
            memory[start] = 0xFFFF
            memory[start + 1] = 0
        }

        /// One poll: what each point then is.
        func poll(silent: Bool = false) throws -> [String: String] {
            asked = []
            let now = at(seconds)
            seconds += 1
            for _ in 0..<200 {
                switch work.next(now: now, isBorrowed: { false }, isInDoubt: { _, _, _ in false }) {
                case .ask(let request):
                    let range = try #require(request.ranges.first)
                    asked.append(range)
                    let words = (range.start..<range.end).compactMap { memory[$0] }
                    if silent {
                        note(work.failed(failure(.timeout, unit: 1), now: now))
                    } else if words.count == range.count {
                        note(work.answered(RegisterBlock(range: range, words: words, arrived: now)))
                    } else {
                        note(work.failed(failure(.exception(2), unit: 1), now: now))
                    }
                case .report(let tick):
                    guard case .values(let poll) = tick.content else { return [:] }
                    let stamp = Stamp(
                        time: Instant(millisecondsSince1970: 0),
                        clock: .synchronised,
                        boot: "a",
                        uptime: now
                    )
                    let samples: [Sample?] = normalizer.normalize(poll.raw, stamp: stamp)
                    var words: [String: String] = [:]
                    for (index, sample) in zip(profile.publicPoints, samples) {
                        let value: String = sample?.value?.description ?? "null"
                        let reason: String = sample?.reason.map { " \($0.word)" } ?? ""
                        words[profile.points[index].name] = value + reason
                    }
                    return words
                case .wait:
                    Issue.record("nothing is due")
                    return [:]
                }
            }
            Issue.record("the poll does not end")
            return [:]
        }

        private func note(_ news: BusWork.News?) {
            if let news { self.news.append(news) }
        }
    }

    /// W 1234 and -1, WH 5000123 and 0, a serial number.
    private static let inverter: [(id: UInt16, length: Int, words: [Int: UInt16])] = [
        (1, 66, [50: 0x5858, 51: 0x3700]), (120, 26, [:]),
        (103, 50, [14: 1_234, 15: 0xFFFF, 24: 76, 25: 19_387, 26: 0]),
    ]

    @Test(arguments: [40_000, 50_000, 0]) func `is found at any base`(base: Int) throws {
        let field = try Field()
        field.write(base: base, Self.inverter + [(802, 62, [11: 873, 56: 0xFFFF])])
        let values = try field.poll()
        #expect(values == ["power": "123.4", "energy": "5000.123", "soc": "87.3", "serial": "XX7"])
        #expect(field.news.isEmpty)
        // The chain is known now: its models alone are read.
        #expect(try field.poll() == values && field.asked.allSatisfy { $0.count > 2 })
    }

    @Test func `that lacks a model says so once, and gives the rest`() throws {
        let field = try Field()
        field.write(base: 40_000, Self.inverter)
        for _ in 0..<3 { #expect(try field.poll()["soc"] == "null exception_2") }
        #expect(try field.poll()["power"] == "123.4")
        #expect(field.news == [.lacksModels(device: 0, wanted: [802], has: [1, 120, 103])])
    }

    @Test func `whose chain moves gives no wrong value, and is found again with the next poll`() throws {
        let field = try Field()
        field.write(base: 40_000, Self.inverter)
        #expect(try field.poll()["power"] == "123.4")
        // An update put another model before the inverter's.
        let moved = [Self.inverter[0], (121, 30, [:])] + Self.inverter[1...]
        field.write(base: 40_000, moved)
        let between = try #require(try field.poll()["power"])
        #expect(between.hasSuffix(" condition") || between.hasPrefix("null"), "\(between)")
        #expect(try field.poll()["power"] == "123.4")
    }

    @Test func `that was away is searched anew`() throws {
        let field = try Field()
        field.write(base: 40_000, Self.inverter)
        _ = try field.poll()
        _ = try field.poll(silent: true)
        field.write(base: 50_000, Self.inverter)
        #expect(try field.poll()["power"] == "123.4")
    }

    @Test func `without SunSpec gives no value`() throws {
        let field = try Field()
        field.memory = [0: 1, 1: 2]
        #expect(try field.poll()["power"] == "null exception_2")
        #expect(field.news == [.lacksModels(device: 0, wanted: [1, 103, 802], has: [])])
        field.write(base: 0, Self.inverter)
        #expect(try field.poll()["power"] == "123.4")
    }

    @Test func `says not implemented by its mark, also in a scale factor`() throws {
        let field = try Field()
        var models = Self.inverter
        models[2].words[14] = 0x8000
        models[2].words[26] = 0x8000
        field.write(base: 40_000, models)
        let values = try field.poll()
        #expect(values["power"] == "null invalid" && values["energy"] == "null invalid")
    }
}

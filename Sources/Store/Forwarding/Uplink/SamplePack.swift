import Contract
import Domain
import MQTT

/// A pack as a destination will get it: sample readings of the time that one pack takes, with numbers that move as
/// measured ones do, really compressed.
struct SamplePack {
    private let samples: [SampleReading]
    private let pause: Duration
    private let topics: Topics
    private let first: (epoch: String, seq: UInt64)

    /// Rows of a pack that are compressed for the estimate; the rest costs as much in proportion.
    private static let mostRows = 400

    init(_ samples: [SampleReading], every pause: Duration, topics: Topics, first: (epoch: String, seq: UInt64)) {
        self.samples = samples
        self.pause = pause
        self.topics = topics
        self.first = first
    }

    var stream: UplinkStream {
        UplinkStream(.readings, least: packs { $0.perDay.lowerBound }, most: packs { $0.perDay.upperBound })
    }

    /// The bytes of a pack and how many there are a day, at those rates.
    private func packs(_ rate: (SampleReading) -> Double) -> (bytes: Double, perDay: Double) {
        let rows = samples.reduce(0) { $0 + rate($1) }
        guard rows > 0 else { return (0, 0) }
        // A pack closes that long after its first row, and the next row, which opens the next pack, is half a gap away
        // on average.
        let packs = min(rows, 86_400 / (pause.inSeconds + 43_200 / rows))
        let perPack = rows / packs
        let shown = min(Double(Self.mostRows), perPack.rounded(.up))
        var entries: [JournalEntry] = []
        var chance: UInt64 = 42
        for sample in samples {
            let share = rate(sample) / rows * shown
            for number in 0..<max(1, Int(share.rounded())) where entries.count < Self.mostRows {
                entries.append(row(of: sample, number, seq: first.seq + UInt64(entries.count), &chance))
            }
        }
        entries.sort { $0.stamp.time < $1.stamp.time }
        let payload = PackWriter().write(entries, lane: .live) { $0.stamp } ?? []
        let packet = Double(UplinkPlan.size(topics.packs(of: topics.gateway), payload))
        return (max(1, perPack / Double(entries.count)) * packet, packs)
    }

    /// A row with the sample's values moved a little. Rows come at the device's pace, some milliseconds early or late,
    /// and each counter counts since the row before.
    private func row(of sample: SampleReading, _ number: Int, seq: UInt64, _ chance: inout UInt64) -> JournalEntry {
        let gap = 86_400 / sample.perDay.upperBound
        let start = sample.reading.stamp
        func shift(_ number: Int) -> Duration {
            .milliseconds(Int64(Double(number) * gap * 1_000) + Int64((number + 64) * 37 % 23))
        }
        var moved = sample
        moved.reading.stamp = Stamp(
            time: start.time + shift(number),
            clock: .synchronised,
            boot: start.boot,
            uptime: start.uptime + shift(number)
        )
        moved.reading.samples = sample.reading.samples.map { sample in
            guard let sample, let value = sample.value else { return sample }
            // Knuth's constants of a linear congruence: any sequence without a pattern that zlib finds will do.
            chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            guard sample.since != nil else { return Sample(value: Self.moved(value, by: chance >> 33)) }
            return Sample(
                value: Self.moved(value, by: chance >> 33),
                increase: sample.increase.map { Self.moved($0, by: chance >> 40) },
                since: start.time + shift(number - 1)
            )
        }
        return moved.entry(topics.gateway, first.epoch, seq: seq)
    }

    /// A measured number moves in its last two digits; a whole number, which mostly is a state or a count, seldom.
    private static func moved(_ value: Value, by chance: UInt64) -> Value {
        switch value {
        case .integer(let number): number > 100 && chance % 4 == 0 ? .integer(number + Int64(chance % 7)) : value
        case .decimal(let number) where number.exponent < 0:
            .decimal(
                DecimalNumber(
                    negative: number.negative,
                    magnitude: number.magnitude + (number.magnitude > 100 ? chance % 100 : chance % 10),
                    exponent: Int(number.exponent)
                )
            )
        default: value
        }
    }
}

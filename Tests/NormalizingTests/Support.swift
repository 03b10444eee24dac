import Decoding
import Documents
import Domain
import Normalizing
import Profiles
import TestSupport
import Testing

func stamp(_ seconds: Double, boot: String = "a", clock: ClockState = .synchronised, wall: Double? = nil) -> Stamp {
    Stamp(
        time: Instant(millisecondsSince1970: 1_795_000_000_000 + Int64(((wall ?? seconds) * 1_000).rounded())),
        clock: clock,
        boot: boot,
        uptime: Uptime(nanoseconds: 1_000_000_000_000 + Int64((seconds * 1e9).rounded()))
    )
}

func decimal(_ text: String) -> DecimalNumber { DecimalNumber(text) ?? DecimalNumber(-999_999) }

/// Points written in the test, and a normalizer for them.
final class Bench {
    let profile: Profile
    var normalizer: Normalizer

    /// Takes lines of a profile's `points`, for a Modbus device unless `mqtt`.
    init(
        _ points: String,
        mqtt: Bool = false,
        interval: Duration = .zero,
        baselines: [String: CounterBaseline] = [:]
    ) throws {
        let access =
            mqtt ? "mqtt: { messages: { m: { topic: t } } }" : "modbus: { numbering: from_0, word_order: ABCD }"
        let text = "profile: written\nname: Written\nmeasures: water\nsource: a test\n\(access)\npoints:\n\(points)\n"
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "written.yaml", log: log))
        let profile = ProfileReader.read(map, expectedID: nil, hash: "")
        try #require(log.problems.map(\.description) == [])
        self.profile = try #require(profile)
        normalizer = Normalizer(points: self.profile.points, interval: interval, baselines: baselines)
    }

    /// The samples by their points' names.
    func samples(_ raw: [RawValue?], at stamp: Stamp = stamp(0), retained: Bool = false) -> [String: Sample] {
        let samples = normalizer.normalize(raw, stamp: stamp, doubt: retained ? .retained : nil)
        var named: [String: Sample] = [:]
        for (index, sample) in zip(profile.publicPoints, samples) { named[profile.points[index].name] = sample }
        return named
    }

    /// The sample of the first point.
    func first(_ raw: RawValue?..., at stamp: Stamp = stamp(0), retained: Bool = false) -> Sample? {
        samples(raw, at: stamp, retained: retained)[profile.points[0].name]
    }
}

extension RawValue {
    static func whole(_ number: UInt64) -> RawValue { .value(.unsigned(number)) }
}

extension Sample {
    /// `12.53`, `null timeout`, `5 counter_gap`: value and reason in a word each.
    var words: String { (value?.description ?? "null") + (reason.map { " \($0.word)" } ?? "") }
}

import Domain
import Profiles

/// Decides which of many frames become readings: the last in each interval, and each that brings a change. Pure.
///
/// A change is another reason (stable or not, overload), another text, or another bit: whoever looks for weighings
/// must see each of them. Before a change the last frame without it goes out too, so that a weight is seen for as long
/// as it stood. Numbers alone are no change.
struct StreamSampling: Sendable {
    private enum Face: Hashable {
        case number(Reason?)
        case word(Value?, Reason?)
    }

    /// Points whose every value is a word, by their index in the shape.
    private let isWord: [Bool]
    /// What was last seen of each point.
    private var seen: [Int: Face] = [:]
    /// The last reading of each form of frame that was not let out.
    private var held: [Int: Reading] = [:]
    private let interval: Duration
    private let gridStart: Uptime
    /// The next moment at which what is held goes out.
    private(set) var due: Uptime
    /// When the last reading of each form went out.
    private var letOutAt: [Int: Uptime] = [:]

    init(points: [Point], interval: Duration, gridStart: Uptime, now: Uptime) {
        isWord = points.filter { !$0.isPrivate }.map { point in
            guard case .frame(let value) = point.origin else { return false }
            return value.kind != .number || !value.words.isEmpty
        }
        self.interval = interval
        self.gridStart = gridStart
        due = Self.tick(after: now, interval, from: gridStart)
    }

    /// All ticks of the box stand on one grid.
    static func tick(after now: Uptime, _ interval: Duration, from start: Uptime) -> Uptime {
        let length = max(1_000_000, interval.wholeNanoseconds)
        let passed = max(0, now.nanoseconds - start.nanoseconds) / length
        return Uptime(nanoseconds: start.nanoseconds + (passed + 1) * length)
    }

    /// Takes the reading of a frame and returns the readings to be let out now, the oldest first.
    ///
    /// - Parameter form: which of the profile's frames it was.
    mutating func take(_ reading: Reading, form: Int, at now: Uptime) -> [Reading] {
        let isDue = letOutAt[form].map { $0 + interval <= now } ?? true
        var isChange = false
        for (index, sample) in reading.samples.enumerated() {
            guard let sample else { continue }
            let face: Face = isWord[index] ? .word(sample.value, sample.reason) : .number(sample.reason)
            if seen[index] != face { isChange = true }
            seen[index] = face
        }
        if isChange {
            let before = letOut()
            letOutAt[form] = now
            return before + [reading]
        }
        guard isDue else {
            held[form] = reading
            return []
        }
        // It stands for what was held.
        held[form] = nil
        letOutAt[form] = now
        return [reading]
    }

    /// Returns what is held once its time has come, the oldest first.
    mutating func tick(now: Uptime) -> [Reading] {
        guard due <= now else { return [] }
        due = Self.tick(after: now, interval, from: gridStart)
        for form in held.keys { letOutAt[form] = now }
        return letOut()
    }

    /// Returns what is held, at once: nothing more comes.
    mutating func letOut() -> [Reading] {
        defer { held = [:] }
        return held.values.sorted { $0.stamp.uptime < $1.stamp.uptime }
    }

    /// The next frame counts as the first again: something else was reported about the device.
    mutating func forget() {
        seen = [:]
        letOutAt = [:]
    }
}

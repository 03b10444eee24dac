import Decoding
import Domain
import Profiles

/// Counts frames, and says what damages them, for people.
struct FrameTally: Sendable {
    private(set) var frames = 0
    private(set) var damaged = 0
    private(set) var wrongSums = 0
    /// The last damaged bytes and their flaw.
    private(set) var last: StreamFrame?

    mutating func add(_ frame: StreamFrame) {
        frames += 1
        guard case .damaged(let flaw) = frame.outcome else { return }
        damaged += 1
        if case .checksum = flaw { wrongSums += 1 }
        last = frame
    }

    /// Why there is no value although something came; nil where nothing came.
    var reason: Reason? {
        guard frames > 0 else { return nil }
        return wrongSums * 2 > damaged ? .crc : .badFrame
    }

    /// `12 of 40 frames damaged: baud or parity? Last: "ww00..."`; nil where none was.
    var words: String? {
        guard damaged > 0, let last else { return nil }
        return "\(damaged) of \(frames) frames damaged: check baud and parity. Last: "
            + ProfileText.written(Array(last.bytes.prefix(40)))
    }
}

import Decoding
import Domain
import Profiles

/// Notices values that a device's messages should carry, and never did.
///
/// A value that came once may be left out later: the device sends it only at times, and its last value holds. One that
/// never came, though its messages do, is not at the path that the profile names.
struct LackedValues: Sendable {
    private let points: [Point]
    private let patience: Duration
    private var found: Set<Int> = []
    /// When a message first came, by its index.
    private var heard: [Int: Uptime] = [:]

    init(points: [Point], patience: Duration) {
        self.points = points
        self.patience = patience
    }

    /// Takes the values of a live message, and marks those that it should carry and no message ever did.
    ///
    /// - Returns: the points that were marked.
    mutating func take(_ values: inout [RawValue?], message: Int, at now: Uptime) -> [Int] {
        let since = heard[message] ?? now
        heard[message] = since
        var lacked: [Int] = []
        for (index, point) in points.enumerated() {
            switch point.origin {
            case .message(message, .some, _): break
            case .part(let place) where place.message == message: break
            default: continue
            }
            if point.isOptional { continue }
            if values[index] != nil {
                found.insert(index)
            } else if !found.contains(index), now - since >= patience {
                values[index] = .missing(.notInMessage)
                lacked.append(index)
            }
        }
        return lacked
    }
}

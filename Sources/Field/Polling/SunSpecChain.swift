public import Domain
import Profiles

/// The search for a device's SunSpec models: their base, and then one model after the other. Pure: the code that reads
/// the device asks for `next` and brings what came of it.
public struct SunSpecChain: Sendable {
    /// No device has more.
    private static let mostModels = 100

    /// What to read next; nil when the search is over.
    public private(set) var next: RegisterRange?
    /// The first model of each id: where its id stands, and its length without id and length.
    public private(set) var models: [Int: (start: Int, length: Int)] = [:]
    /// The ids in the chain's order.
    public private(set) var ids: [Int] = []
    private var base = 0
    private var isAtBase = true

    public init() { next = Self.two(at: SunSpec.bases[0]) }

    /// Whether the device has a chain of models at all.
    public var isFound: Bool { !isAtBase }

    public mutating func answered(_ words: [UInt16]) {
        guard let range = next, words.count == 2 else { return }
        if isAtBase {
            guard words == SunSpec.mark else { return tryNextBase() }
            isAtBase = false
            next = Self.two(at: range.start + 2)
            return
        }
        let (id, length) = (Int(words[0]), Int(words[1]))
        guard words[0] != SunSpec.endID, id != 0, ids.count < Self.mostModels else {
            next = nil
            return
        }
        if models[id] == nil { models[id] = (range.start, length) }
        ids.append(id)
        next = Self.two(at: range.start + 2 + length)
    }

    /// The device has no such registers: the base is elsewhere, or the chain ends without its mark.
    public mutating func refused() {
        if isAtBase { tryNextBase() } else { next = nil }
    }

    private mutating func tryNextBase() {
        base += 1
        next = base < SunSpec.bases.count ? Self.two(at: SunSpec.bases[base]) : nil
    }

    private static func two(at start: Int) -> RegisterRange? {
        start + 2 <= 65_536 ? RegisterRange(.holding, start: start, count: 2) : nil
    }
}

extension BlockPlan.Block {
    /// A read of the search, which carries no point.
    public init(searching range: RegisterRange) { self.init(range: range, points: []) }
}

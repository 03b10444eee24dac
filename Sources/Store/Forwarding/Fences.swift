/// Entries that were sent without an answer of their own, until the answer to a later packet proves them.
struct Fences: Sendable {
    private let every: Int
    /// The rows sent since the last fence.
    private var open: [Int64] = []
    /// The rows that each fence proves, by its count.
    private var waiting: [Int64: [Int64]] = [:]
    private var count: Int64 = 0

    /// - Parameter every: the most entries that one fence proves.
    init(every: Int) { self.every = every }

    /// Whether entries must wait for a fence that is on its way.
    var isFull: Bool { open.count >= every && !waiting.isEmpty }

    mutating func sent(_ row: Int64) { open.append(row) }

    /// Returns the next fence, if one is due: after `every` entries, or where nothing else is to be sent. Only one is
    /// on its way at a time, so that a slow broker gets no more.
    mutating func next(isIdle: Bool) -> Int64? {
        guard !open.isEmpty, waiting.isEmpty, isIdle || open.count >= every else { return nil }
        count += 1
        waiting[count] = open
        open = []
        return count
    }

    /// - Returns: the rows that the fence's answer proves.
    mutating func answered(_ fence: Int64) -> [Int64] { waiting.removeValue(forKey: fence) ?? [] }

    /// The connection was lost: the entries on it are owed again.
    mutating func lost() {
        open = []
        waiting = [:]
    }
}

import Contract
import DequeModule
import Domain
import Installation
import Journal

/// The packs of one destination: what is on its way, and which rows go in smaller packs. Pure.
///
/// Invariants:
/// - A pack has at least two rows; a single row goes as an entry, in a pack of its own, and is judged like any entry.
/// - A pack that failed (refused for what it holds, or on its way when the connection ended) does not go again as it
///   was: its rows go in packs of at most half as many. So a row at fault is alone after as many failures as the
///   number of rows can be halved, and only then does `RefusalJudge` decide about it.
/// - Memory is bounded: `mostLive` and `mostBackfill` packs on their way, `mostHalved` rows remembered. A row that is
///   not remembered costs a repetition.
struct Packs: Sendable {
    struct Pack: Sendable {
        var rows: [Int64]
        var lane: Lane
        /// About how many bytes its rows have before they are compressed.
        var text: Int
        /// Bytes of the payload, once it is written.
        var payload = 0
    }

    /// The packs that the rows of a failed pack go in.
    struct Halves: Hashable, Sendable {
        /// The count of the pack that failed; rows of two such packs do not mix.
        var pack: Int64
        /// How many rows go together at most.
        var most: Int
    }

    static let mostLive = 4
    static let mostBackfill = 2
    static let mostHalved = 65_536

    let live: Duration
    let backfill: Bool
    /// The session is about to end: what waits goes out at once.
    var isEnding = false
    var size = PackSize()
    /// By their counts.
    private(set) var inFlight: [Int64: Pack] = [:]
    /// The parts of a pack that turned out too large, to be sent next.
    private var parts: Deque<Int64> = []
    private var halves: [Int64: Halves] = [:]
    private var count: Int64 = 0

    init(_ packing: Packing) {
        live = packing.live
        backfill = packing.backfill
    }

    /// About how many bytes a row takes in the array.
    static func text(of entry: JournalEntry) -> Int { EntryMessage.mostBytes(of: entry) + 1 }

    /// Whether one more pack of the lane may be on its way. Halves of a failed one go one at a time.
    func hasRoom(for lane: Lane) -> Bool {
        let most = lane == .live ? Self.mostLive : halves.isEmpty ? Self.mostBackfill : 1
        return inFlight.values.count { $0.lane == lane } < most
    }

    /// - Returns: the pack's count.
    mutating func begin(_ rows: [Int64], _ lane: Lane, text: Int) -> Int64 {
        count += 1
        inFlight[count] = Pack(rows: rows, lane: lane, text: text)
        return count
    }

    /// A pack was written; the two halves of one that is too large are sent in its place.
    ///
    /// - Parameter payload: its bytes; nil where it is larger than a pack may be.
    /// - Returns: whether it may be sent.
    mutating func wrote(_ count: Int64, payload: Int?) -> Bool {
        guard let pack = inFlight[count] else { return false }
        inFlight[count]?.payload = payload ?? 0
        if size.wrote(text: pack.text, payload: payload) { return true }
        inFlight[count] = nil
        let middle = (pack.rows.count + 1) / 2
        for rows in [pack.rows[middle...], pack.rows[..<middle]] where !rows.isEmpty {
            parts.prepend(begin(Array(rows), pack.lane, text: pack.text * rows.count / pack.rows.count))
        }
        return false
    }

    mutating func nextPart() -> (count: Int64, pack: Pack)? {
        while let count = parts.popFirst() {
            if let pack = inFlight[count] { return (count, pack) }
        }
        return nil
    }

    mutating func answered(_ count: Int64) -> Pack? { inFlight.removeValue(forKey: count) }

    var rowsInFlight: Set<Int64> { Set(inFlight.values.flatMap(\.rows)) }

    /// In which packs a row goes that was in one that failed.
    func halves(of row: Int64) -> Halves? { halves.isEmpty ? nil : halves[row] }

    /// A pack failed: its rows go in packs of half as many.
    ///
    /// - Parameter isPending: whether the journal still owes that row.
    mutating func failed(_ rows: [Int64], isPending: (Int64) -> Bool) {
        guard backfill, rows.count > 1 else { return }
        if halves.count + rows.count > Self.mostHalved { halves = halves.filter { isPending($0.key) } }
        count += 1
        let group = Halves(pack: count, most: (rows.count + 1) / 2)
        for row in rows where halves[row] != nil || halves.count < Self.mostHalved { halves[row] = group }
    }

    /// These rows were taken, or are judged alone.
    mutating func settled(_ rows: some Sequence<Int64>) {
        if halves.isEmpty { return }
        for row in rows { halves[row] = nil }
    }

    /// The connection has ended.
    ///
    /// - Returns: the packs that were on their way.
    mutating func lost() -> [Pack] {
        defer {
            inFlight = [:]
            parts = []
        }
        return inFlight.sorted { $0.key < $1.key }.map(\.value)
    }
}

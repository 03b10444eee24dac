import Domain

/// Breakdowns by a number: a source's bins of a day by the bin's number (time since 1970 in 15 minutes), or its days of
/// a month.
struct Bins: Sendable, Equatable {
    private(set) var pieces: [Int64: Breakdown] = [:]

    subscript(number: Int64) -> Breakdown { pieces[number] ?? [:] }

    var isEmpty: Bool { pieces.isEmpty }

    mutating func merge(_ tally: Tally, _ breakdown: String, at number: Int64) {
        pieces[number, default: [:]][breakdown, default: Tally()].merge(tally)
    }

    mutating func replace(_ number: Int64, with piece: Breakdown) { pieces[number] = piece.isEmpty ? nil : piece }

    /// All pieces in the range merged into one, in their order.
    func sum(_ range: Range<Int64>? = nil) -> Breakdown {
        var sum: Breakdown = [:]
        var last: Int64?
        for number in pieces.keys.sorted() where range?.contains(number) ?? true {
            // A missing piece ends everything that reaches beyond a piece.
            if let last, last < number - 1 { sum.append([:]) }
            sum.append(self[number])
            last = number
        }
        return sum
    }
}

extension Bins {
    private static let format: UInt64 = 2

    /// Bytes that `init(bytes:)` reads: names and epochs once, then the pieces in order.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.unsigned(Self.format)
        let tallies = pieces.values.flatMap(\.values)
        let names = Set(pieces.values.flatMap(\.keys)).sorted()
        let epochs = Set(tallies.flatMap { $0.identities.map(\.epoch) }).sorted()
        for list in [names, epochs] {
            writer.count(list.count)
            for text in list { writer.text(text) }
        }
        writer.count(pieces.count)
        var last: Int64 = 0
        for (number, piece) in pieces.sorted(by: { $0.key < $1.key }) {
            writer.signed(Int128(number) - Int128(last))
            last = number
            writer.count(piece.count)
            for (name, tally) in piece.sorted(by: { $0.key < $1.key }) {
                writer.count(names.firstIndex(of: name) ?? 0)
                writer.tally(tally, epochs)
            }
        }
        return writer.bytes
    }

    /// - Parameters:
    ///   - interval: milliseconds between readings, for bytes of the first format, which did not contain how long
    ///     values held.
    ///   - piece: when a piece begins and how long it is, in milliseconds, for the same format.
    init(
        bytes: [UInt8],
        interval: Int64,
        piece span: (Int64) -> (begin: Int64, length: Int64)
    ) throws(ByteReader.Malformed) {
        var reader = ByteReader(bytes)
        let format: UInt64 = try reader.unsigned()
        guard format == Self.format || format == 1 else { throw ByteReader.Malformed() }
        var lists: [[String]] = []
        for _ in 0..<2 {
            var list: [String] = []
            for _ in 0..<(try reader.count()) { list.append(try reader.text()) }
            lists.append(list)
        }
        var last: Int64 = 0
        for _ in 0..<(try reader.count()) {
            guard let step = Int64(exactly: try reader.signed()),
                case let (number, isOverflow) = last.addingReportingOverflow(step), !isOverflow
            else { throw ByteReader.Malformed() }
            last = number
            // The first format needs the time of each piece: its number must stay within two million years.
            if format == 1, number.magnitude >= 1 << 36 { throw ByteReader.Malformed() }
            var piece: Breakdown = [:]
            for _ in 0..<(try reader.count()) {
                let name = try reader.count()
                guard lists[0].indices.contains(name) else { throw ByteReader.Malformed() }
                piece[lists[0][name]] =
                    format == 1
                    ? try reader.firstTally(epochs: lists[1], interval, span(number))
                    : try reader.tally(epochs: lists[1])
            }
            pieces[last] = piece
        }
        guard reader.isAtEnd else { throw ByteReader.Malformed() }
    }
}

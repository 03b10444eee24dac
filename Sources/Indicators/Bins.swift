import Domain

/// Breakdowns by a number: a source's bins of a day by the bin's number (time since 1970 in 15 minutes), or its days of a month.
struct Bins: Sendable, Equatable {
    private(set) var pieces: [Int64: Breakdown] = [:]

    subscript(number: Int64) -> Breakdown { pieces[number] ?? [:] }

    var isEmpty: Bool { pieces.isEmpty }

    mutating func merge(_ tally: Tally, _ breakdown: String, at number: Int64) {
        pieces[number, default: [:]][breakdown, default: Tally()].merge(tally)
    }

    mutating func replace(_ number: Int64, with piece: Breakdown) { pieces[number] = piece.isEmpty ? nil : piece }

    /// All pieces in the range as one.
    func sum(_ range: Range<Int64>? = nil) -> Breakdown {
        var sum: Breakdown = [:]
        for (number, piece) in pieces where range?.contains(number) ?? true { sum.merge(piece) }
        return sum
    }
}

extension Bins {
    private static let format: UInt64 = 1

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
            writer.signed(Int128(number - last))
            last = number
            writer.count(piece.count)
            for (name, tally) in piece.sorted(by: { $0.key < $1.key }) {
                writer.count(names.firstIndex(of: name) ?? 0)
                Self.write(tally, epochs, to: &writer)
            }
        }
        return writer.bytes
    }

    private static func write(_ tally: Tally, _ epochs: [String], to writer: inout ByteWriter) {
        for number in [tally.received, tally.excluded, tally.unverified, tally.count, tally.within] {
            writer.count(number)
        }
        writer.signed(tally.sum.billionths)
        let flags = (tally.minimum == nil ? 0 : 1) | (tally.maximum == nil ? 0 : 2) | (tally.since == nil ? 0 : 4)
        writer.count(flags)
        if let minimum = tally.minimum { writer.signed(minimum.billionths) }
        if let maximum = tally.maximum { writer.signed(maximum.billionths) }
        if let since = tally.since { writer.signed(Int128(since.millisecondsSince1970)) }
        writer.count(tally.identities.count)
        for identity in tally.identities {
            writer.count(epochs.firstIndex(of: identity.epoch) ?? 0)
            writer.unsigned(identity.from)
            writer.unsigned(identity.to - identity.from)
        }
    }

    init(bytes: [UInt8]) throws(ByteReader.Malformed) {
        var reader = ByteReader(bytes)
        guard try reader.unsigned() as UInt64 == Self.format else { throw ByteReader.Malformed() }
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
            var piece: Breakdown = [:]
            for _ in 0..<(try reader.count()) {
                let name = try reader.count()
                guard lists[0].indices.contains(name) else { throw ByteReader.Malformed() }
                piece[lists[0][name]] = try Self.tally(&reader, epochs: lists[1])
            }
            pieces[last] = piece
        }
        guard reader.isAtEnd else { throw ByteReader.Malformed() }
    }

    private static func tally(_ reader: inout ByteReader, epochs: [String]) throws(ByteReader.Malformed) -> Tally {
        var tally = Tally()
        tally.received = try reader.count()
        tally.excluded = try reader.count()
        tally.unverified = try reader.count()
        tally.count = try reader.count()
        tally.within = try reader.count()
        tally.sum = Fixed(billionths: try reader.signed())
        let flags = try reader.count()
        if flags & 1 != 0 { tally.minimum = Fixed(billionths: try reader.signed()) }
        if flags & 2 != 0 { tally.maximum = Fixed(billionths: try reader.signed()) }
        if flags & 4 != 0 {
            tally.since = Instant(millisecondsSince1970: Int64(truncatingIfNeeded: try reader.signed()))
        }
        for _ in 0..<(try reader.count()) {
            let epoch = try reader.count()
            guard epochs.indices.contains(epoch) else { throw ByteReader.Malformed() }
            let from: UInt64 = try reader.unsigned()
            let length: UInt64 = try reader.unsigned()
            tally.identities.append(IdentityRange(epoch: epochs[epoch], from: from, to: from &+ length))
        }
        return tally
    }
}

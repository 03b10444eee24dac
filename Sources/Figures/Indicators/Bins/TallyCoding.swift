import Domain

/// Tallies as bytes, as the journal keeps them.
extension ByteWriter {
    /// What most tallies do not have: a bit each, so that it costs nothing where it is missing.
    fileprivate struct Flags: OptionSet {
        var rawValue: Int
        static let extremes = Flags(rawValue: 1)
        static let held = Flags(rawValue: 4)
        static let carried = Flags(rawValue: 8)
        static let unknown = Flags(rawValue: 16)
        /// Values held through a whole 15-minute bin.
        static let whole = Flags(rawValue: 32)
        /// The values were within the limits for all the time that they held.
        static let within = Flags(rawValue: 64)
    }

    /// - Parameter epochs: the epochs of identities, which are written as places in this list.
    mutating func tally(_ tally: Tally, _ epochs: [String]) {
        for number in [tally.received, tally.excluded, tally.unverified, tally.count] { count(number) }
        signed(tally.sum.billionths)
        var flags: Flags = []
        if tally.extremes != nil { flags.insert(.extremes) }
        if tally.integral != 0 || tally.milliseconds != 0 { flags.insert(.held) }
        if tally.milliseconds == Window.bin { flags.insert(.whole) }
        if tally.within == tally.milliseconds { flags.insert(.within) }
        if !tally.carried.isNone { flags.insert(.carried) }
        if !tally.unknown.isNone { flags.insert(.unknown) }
        count(flags.rawValue)
        if let extremes = tally.extremes {
            signed(extremes.minimum.billionths)
            signed(extremes.maximum.billionths)
        }
        if flags.contains(.held) {
            signed(tally.integral)
            if !flags.contains(.whole) { signed(Int128(tally.milliseconds)) }
            if !flags.contains(.within) { signed(Int128(tally.within)) }
        }
        if flags.contains(.carried) {
            for share in [tally.carried.head, tally.carried.tail] {
                signed(share.amount.billionths)
                signed(Int128(share.milliseconds))
            }
            signed(Int128(tally.carried.covering))
        }
        if flags.contains(.unknown) {
            count(Int(tally.unknown.ended))
            count(Int(tally.unknown.open))
            signed(Int128(tally.unknown.milliseconds))
            count(Int(tally.unknown.quarters))
            count(Int(tally.unknown.reasons))
        }
        identities(tally.identities, epochs)
    }

    private mutating func identities(_ identities: [IdentityRange], _ epochs: [String]) {
        count(identities.count)
        for identity in identities {
            count(epochs.firstIndex(of: identity.epoch) ?? 0)
            unsigned(identity.from)
            unsigned(identity.to &- identity.from)
        }
    }
}

extension ByteReader {
    mutating func milliseconds() throws(Malformed) -> Int64 { Int64(truncatingIfNeeded: try signed()) }

    private mutating func fixed() throws(Malformed) -> Fixed { Fixed(billionths: try signed()) }

    mutating func tally(epochs: [String]) throws(Malformed) -> Tally {
        var tally = try counts()
        tally.sum = try fixed()
        let flags = ByteWriter.Flags(rawValue: try count())
        if flags.contains(.extremes) { tally.extremes = (try fixed(), try fixed()) }
        if flags.contains(.held) {
            tally.integral = try signed()
            tally.milliseconds = flags.contains(.whole) ? Window.bin : try milliseconds()
            tally.within = flags.contains(.within) ? tally.milliseconds : try milliseconds()
        }
        if flags.contains(.carried) {
            tally.carried.head = .init(amount: try fixed(), milliseconds: try milliseconds())
            tally.carried.tail = .init(amount: try fixed(), milliseconds: try milliseconds())
            tally.carried.covering = Int32(truncatingIfNeeded: try signed())
        }
        if flags.contains(.unknown) {
            tally.unknown.ended = Int32(truncatingIfNeeded: try count())
            tally.unknown.open = Int32(truncatingIfNeeded: try count())
            tally.unknown.milliseconds = try milliseconds()
            tally.unknown.quarters = Int32(truncatingIfNeeded: try count())
            tally.unknown.reasons = UInt8(truncatingIfNeeded: try count())
        }
        tally.identities = try identities(epochs)
        return tally
    }

    /// Reads a tally of the first format. It had values by their number, each taken to have held one interval; and for
    /// increases the earliest `since`. If that is well before the piece, the whole sum counts as carried in.
    mutating func firstTally(
        epochs: [String],
        _ interval: Int64,
        _ piece: (begin: Int64, length: Int64)
    ) throws(Malformed) -> Tally {
        var tally = try counts()
        let within = Int64(try count())
        tally.sum = try fixed()
        let flags = try count()
        // Both are there, or neither.
        if flags & 3 == 3 { tally.extremes = (try fixed(), try fixed()) }
        if tally.extremes != nil {
            tally.integral = tally.sum.billionths &* Int128(interval)
            tally.milliseconds = Int64(tally.count) &* interval
            tally.within = within &* interval
        }
        if flags & 4 != 0, try milliseconds() < piece.begin - interval * 5 / 2 {
            tally.carried.head = .init(amount: tally.sum, milliseconds: piece.length)
        }
        tally.identities = try identities(epochs)
        return tally
    }

    private mutating func counts() throws(Malformed) -> Tally {
        var tally = Tally()
        tally.received = try count()
        tally.excluded = try count()
        tally.unverified = try count()
        tally.count = try count()
        return tally
    }

    private mutating func identities(_ epochs: [String]) throws(Malformed) -> [IdentityRange] {
        var identities: [IdentityRange] = []
        for _ in 0..<(try count()) {
            let epoch = try count()
            guard epochs.indices.contains(epoch) else { throw Malformed() }
            let from: UInt64 = try unsigned()
            let length: UInt64 = try unsigned()
            identities.append(IdentityRange(epoch: epochs[epoch], from: from, to: from &+ length))
        }
        return identities
    }
}

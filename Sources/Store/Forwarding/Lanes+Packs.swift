import Contract
import Domain
import Journal

/// What goes out where readings and events go in packs.
extension Lanes {
    /// Returns everything except suspects: live packs, then states, then posts, then backfill.
    mutating func packedFlow(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        if let pack = livePack(now: now, isPending: isPending) { return pack }
        if let state = newest?.next(now: now) { return .state(state.entry, state.count) }
        if let post = nextPost() { return post }
        let next =
            settings.isPacked(.backfill)
            ? backfillPack(now: now, isPending: isPending, owed: owed)
            : nextBackfill(now: now, isPending: isPending, owed: owed)
        guard case .idle(let deadline) = next else { return next }
        // A live pack that is due already waits for an answer, which comes by itself.
        let closing = livePackCloses.flatMap { $0 > now ? $0 : nil }
        return .idle(until: [deadline, closing, newest?.nextDue].compactMap { $0 }.min())
    }

    /// When the next live pack closes; nil while nothing waits for it.
    private var livePackCloses: Uptime? {
        guard let packs, let first = live.first else { return nil }
        return first.until - settings.liveAge + packs.live
    }

    /// Whether a live pack is full, or everything that waits must go out.
    var isLivePackFull: Bool { packs.map { $0.isEnding || liveText >= $0.size.room } ?? false }

    /// - Returns: nil while no live pack closes.
    mutating func livePack(now: Uptime, isPending: (Int64) -> Bool) -> Next? {
        guard let packs, packs.hasRoom(for: .live), let closes = livePackCloses, closes <= now || isLivePackFull
        else { return nil }
        var entries: [JournalEntry] = []
        var text = 2
        while let first = live.first?.entry,
            entries.isEmpty || text + Packs.text(of: first) <= packs.size.room,
            let entry = nextLive(now: now, isPending: isPending)
        {
            entries.append(entry)
            text += Packs.text(of: entry)
        }
        return sending(entries, .live, text: text)
    }

    private mutating func backfillPack(now: Uptime, isPending: (Int64) -> Bool, owed: () -> Int) -> Next {
        guard let packs, packs.hasRoom(for: .backfill) else { return .idle(until: nil) }
        if let allowed = backfillAllowedAt, allowed > now { return .idle(until: allowed) }
        var entries: [JournalEntry] = []
        var text = 2
        var halves: Packs.Halves?
        while let entry = nextOfPage(now: now, isPending: isPending) {
            if let first = entries.first {
                // A pack's topic names one gateway, and a backlog may carry a former name.
                guard entry.gateway == first.gateway, packs.halves(of: entry.row) == halves,
                    entries.count < halves?.most ?? .max, text + Packs.text(of: entry) <= packs.size.room
                else { break }
            } else {
                halves = packs.halves(of: entry.row)
            }
            takeOfPage(now: now)
            entries.append(entry)
            text += Packs.text(of: entry)
        }
        return sending(entries, .backfill, text: text)
            ?? nextPage(now: now, isPending: isPending, owed: owed)
    }

    private mutating func sending(_ entries: [JournalEntry], _ lane: Lane, text: Int) -> Next? {
        guard let first = entries.first else { return nil }
        guard entries.count > 1, packs != nil else { return sending(first, lane) }
        for entry in entries { inFlight[entry.row] = Sent(entry: entry, lane: lane) }
        let count = packs?.begin(entries.map(\.row), lane, text: text) ?? 0
        return .pack(entries, lane, count)
    }

    /// Returns the next part of a pack that turned out too large.
    mutating func nextPart() -> Next? {
        guard let (count, pack) = packs?.nextPart() else { return nil }
        let sent = pack.rows.compactMap { inFlight[$0] }
        if sent.count == 1, let only = sent.first {
            _ = packs?.answered(count)
            return .entry(only.entry, only.lane)
        }
        return .pack(sent.map(\.entry), pack.lane, count)
    }

    // MARK: What came of it

    /// - Returns: the rows that the answer is about.
    mutating func answeredPack(_ count: Int64, code: UInt8, isPending: (Int64) -> Bool) -> [Sent]? {
        guard let pack = packs?.answered(count) else { return nil }
        switch PubackVerdict(code: code) {
        case .delivered, .nobodySubscribes:
            packs?.size.taken(payload: pack.payload)
            packs?.settled(pack.rows)
        case .neverTaken:
            if code == 0x95 { packs?.size.refused(payload: pack.payload) }
            packs?.failed(pack.rows, isPending: isPending)
            // Its halves come before newer rows, so that a broker that refuses everything gets few of them.
            if let first = pack.rows.first { reread(from: first) }
        case .mayPass: break
        }
        return pack.rows.compactMap { answered($0) }
    }

    /// A row alone was answered.
    mutating func answeredAlone(_ row: Int64, code: UInt8) {
        if code == 0x95 { packs?.size.refusedAlone() }
        packs?.settled(CollectionOfOne(row))
    }

    /// The connection was lost: what was on its way is owed again, in smaller packs.
    mutating func lostPacks(at loss: Loss?, isPending: (Int64) -> Bool) {
        newest?.lost()
        for pack in packs?.lost() ?? [] where loss != nil { packs?.failed(pack.rows, isPending: isPending) }
    }

    /// The stream that shares the fate of an entry's topic.
    func stream(of entry: JournalEntry, _ lane: Lane) -> Stream {
        settings.isPacked(lane) ? Stream(packsOf: entry.gateway, lane) : Stream(entry, lane)
    }

    /// Lets everything rest that a refusal concerns which may pass.
    ///
    /// - Returns: whether the rest is new.
    mutating func rest(after code: UInt8, to entry: JournalEntry, _ lane: Lane, now: Uptime) -> Bool {
        // Code 0x87 concerns the rights of one topic; other passing refusals concern the whole stream.
        guard code == 0x87 else { return rest(stream(of: entry, lane), now: now) }
        guard settings.isPacked(lane) else { return rest(Stream(topicOf: entry, lane), now: now) }
        // Packs of both lanes have the same topic.
        let other: Lane = lane == .live ? .backfill : .live
        if settings.isPacked(other) { _ = rest(Stream(packsOf: entry.gateway, other), now: now) }
        return rest(Stream(packsOf: entry.gateway, lane), now: now)
    }
}

public import Contract
public import Domain
public import Platform
import Synchronization

/// The durable log of readings and events.
///
/// Invariants:
/// - An entry's identity is `(gateway, epoch, seq)`; its contents are encoded once, at `append`, and never change. The
///   epoch is on disk before `init` returns, so that no identity is ever given twice.
/// - An entry is in memory (`waiting`, or `committing` while it is being written) or on disk (`stored`), never in both
///   or in neither, unless it was given up, which is reported.
/// - Rows are committed in their order: all up to `committedThrough` are on disk, except for those given up.
/// - At the limit, entries that all have acknowledged go first, from the oldest; then the oldest of the devices that
///   hold most, so that no device can displace what others are owed.
/// - `pending` of a destination are rows in memory or on disk. The disk's record of it may be older, and then names
///   more rows: after a crash some are sent a second time, none is forgotten.
/// - One thread touches the file. Every other thread takes the lock for a moment, and wakes that thread only when it
///   must act sooner than planned.
/// - Callbacks run on that thread, outside the lock; they may call anything here except `flush` and `close`.
public final class Journal: Sendable {
    /// This start's epoch: `<counter>-<8 hexadecimal digits>`.
    public let epoch: String
    /// The epoch before; nil in a new journal.
    public let previous: PreviousEpoch?
    /// What was found at opening. Later incidents go to `onIncident`.
    public let incidents: [JournalIncident]

    /// Late only if the thread's own loop hangs: the wait for a slow disk has no deadline.
    public let heartbeat = Heartbeat(name: "journal")

    let settings: JournalSettings
    let time: any TimeSource
    let folder: JournalFolder
    let file: JournalFile
    let ballast: Ballast
    let state: Mutex<JournalState>
    /// What each device has on disk, for the journal's thread; nil until one must give up something that is owed.
    let holdings: Mutex<Holdings?> = Mutex(nil)
    let wake = WakeFlag()
    private let forms = ReadingForms()
    let onIncident: @Sendable (JournalIncident) -> Void
    let onFailure: @Sendable (JournalError) -> Void
    private let lock: Mutex<DirectoryLock?>
    private let thread: Mutex<WorkerThread?>

    /// Opens the journal, brings its schema up to date and commits a new epoch. It runs until `close`.
    ///
    /// On a full disk the folder's ballast makes room for that; appended entries then wait in memory until there is
    /// space.
    ///
    /// Blocks for as long as the disk takes to read the whole file once (it is checked).
    ///
    /// - Parameters:
    ///   - onIncident: called with later incidents that must be reported.
    ///   - onFailure: called once when the journal cannot continue; the process should end.
    /// - Throws: `.inUse`, `.newerThanProgram`, `.notDurable`, `.diskFull`, `.busy`, `.storage`. A damaged file is no
    ///   error: it is set aside and reported in `incidents`.
    public init(
        settings: JournalSettings,
        time: any TimeSource,
        onIncident: @escaping @Sendable (JournalIncident) -> Void = { _ in },
        onFailure: @escaping @Sendable (JournalError) -> Void
    ) throws(JournalError) {
        self.settings = settings
        self.time = time
        self.onIncident = onIncident
        self.onFailure = onFailure
        folder = JournalFolder(directory: settings.directory)
        try folder.make()
        let directoryLock = try DirectoryLock(settings.directory)
        ballast = Ballast(path: folder.ballast, size: Int(settings.ballast))
        let (file, opening) = try Self.open(folder, settings, ballast, boot: time.stamp().boot)
        self.file = file
        epoch = opening.epoch.name
        previous = opening.previous
        lock = Mutex(directoryLock)
        var state = JournalState(opening, settings, bytes: try file.bytesUsed())
        incidents = opening.incidents + state.untold().map { .loss($0) }
        // Before any entry can use the room: the disk may be just as full at the next start.
        if !ballast.take() { state.ballastDue = time.uptime() + Self.ballastPause }
        self.state = Mutex(state)
        thread = Mutex(nil)
        // The thread keeps the journal alive until `close` joins it.
        do throws(SystemError) {
            try thread.withLock { thread throws(SystemError) in
                thread = try WorkerThread(name: "journal") { self.run() }
            }
        } catch {
            throw JournalError(error)
        }
    }

    private static func open(
        _ folder: JournalFolder,
        _ settings: JournalSettings,
        _ ballast: Ballast,
        boot: String
    ) throws(JournalError) -> (JournalFile, JournalFile.Opening) {
        var incidents: [JournalIncident] = []
        if let damage = folder.damageBeforeOpening() {
            incidents.append(.corruptFileSetAside(file: try folder.setAside(budget: settings.limit), message: damage))
        }
        while true {
            do throws(JournalError) {
                let file = try JournalFile(path: folder.database, limit: settings.limit)
                var opening = try file.begin(settings.destinations, gateway: settings.gateway, boot: boot)
                opening.incidents = incidents + opening.incidents
                // Moved out of the write-ahead log: if the log is ever damaged, the next start still knows this epoch.
                do throws(JournalError) { try file.checkpoint() } catch  where error.passes {}
                return (file, opening)
            } catch .corrupt(_, let message) where incidents.isEmpty {
                incidents.append(
                    .corruptFileSetAside(file: try folder.setAside(budget: settings.limit), message: message)
                )
            } catch .diskFull where ballast.letGo() {
                continue
            }
        }
    }

    /// Gives the reading its identity. It is safe on disk within `groupAge` and one commit, or acknowledged by all
    /// before.
    ///
    /// - Parameter remembering: state that must never be older or newer on disk than the reading (a counter's
    ///   baseline).
    @discardableResult
    public func append(_ reading: Reading, remembering: (key: String, value: [UInt8])? = nil) -> JournalEntry {
        let body = EntryBody.encode(reading, forms)
        return append(
            .reading,
            site: reading.shape.site,
            device: reading.shape.device,
            stamp: reading.stamp,
            content: body.content,
            form: body.form,
            remembering: remembering.map { [($0.key, $0.value)] } ?? []
        ) { $0.add($1, reading) }
    }

    /// Gives the event its identity; see `append(_: Reading)`.
    ///
    /// - Parameter loss: the loss that the event reports, as in the incident: until all destinations concerned have the
    ///   event, the loss is reported again whenever the event itself is lost.
    @discardableResult
    public func append(_ event: Event, telling loss: JournalLoss? = nil) -> JournalEntry {
        append(
            event.byDevice ? .deviceEvent : .gatewayEvent,
            site: event.site,
            device: event.device,
            stamp: event.stamp,
            content: EntryBody.encode(event),
            form: nil,
            remembering: [],
            telling: loss
        ) { $0.add($1, event) }
    }

    private func append(
        _ kind: JournalEntry.Kind,
        site: String?,
        device: String?,
        stamp: Stamp,
        content: [UInt8],
        form: BodyForm?,
        remembering: [(key: String, value: [UInt8])],
        telling loss: JournalLoss? = nil,
        feeding: (JournalFeed, JournalEntry) -> Void
    ) -> JournalEntry {
        let now = time.uptime()
        let (entry, mustWake) = state.withLock { state in
            let entry = state.append(
                kind,
                site: site,
                device: device,
                stamp: stamp,
                content: content,
                form: form,
                arrival: now
            )
            for feed in state.feeds { feeding(feed, entry) }
            for (key, value) in remembering { state.remember(key, value, now: now) }
            if let loss { state.tells(loss, row: entry.row, now: now) }
            return (entry, state.mustWake(by: state.neededBy(now: now)))
        }
        if mustWake { wake.raise() }
        return entry
    }

    /// Gives the feeds a reading that becomes no row, in its order among the rows.
    public func pass(held reading: Reading) { state.withLock { for feed in $0.feeds { feed.add(held: reading) } } }

    /// Passes the feed everything appended from now on, in the order of rows.
    public func feed(_ feed: JournalFeed) { state.withLock { $0.feeds.append(feed) } }

    /// Returns the state stored under the key, committed or not.
    public func recall(_ key: String) -> [UInt8]? { state.withLock { $0.remembered[key] } }

    /// Stores state that belongs to no reading; on disk within `groupHold`. Nil forgets the key.
    public func remember(_ key: String, _ value: [UInt8]?) {
        let now = time.uptime()
        let mustWake = state.withLock { state in
            state.remember(key, value, now: now)
            return state.mustWake(by: now + settings.groupHold)
        }
        if mustWake { wake.raise() }
    }

    /// The destination has the entry (a PUBACK below 0x80). Cheap, from any thread; an unknown row is ignored.
    public func acknowledge(row: Int64, destination: String) { settle(row, destination, refused: false) }

    /// The destination refuses the entry for good: it is no longer owed.
    public func setAside(row: Int64, destination: String) { settle(row, destination, refused: true) }

    private func settle(_ row: Int64, _ destination: String, refused: Bool) {
        let mustWake = state.withLock { state in
            guard let onDisk = state.settle(row, destination, now: time.uptime()) else { return false }
            if refused { state.snapshot.setAside += 1 }
            guard onDisk else { return false }
            if state.acknowledgedSince == nil {
                let now = time.uptime()
                state.acknowledgedSince = now
                return state.mustWake(by: now + .seconds(1))
            }
            return state.unsavedAcknowledgements == 1_000 && state.retryAt == nil
                && state.mustWake(by: JournalState.atOnce)
        }
        if mustWake { wake.raise() }
    }

    /// Returns how many entries the destination is owed, in memory and on disk, and the time of the oldest.
    ///
    /// Cheap. For a second the time may be that of an entry just acknowledged. (0, nil) for an unknown destination.
    public func pending(destination: String) -> (count: Int, oldest: Instant?) {
        state.withLock { state in
            guard let debt = state.debts.first(where: { $0.destination.id == destination }),
                let first = debt.pending.first
            else { return (0, nil) }
            for entries in [state.committing, state.waiting] {
                guard let oldest = JournalState.find(first, in: entries) else { continue }
                return (debt.pending.count, oldest.entry.stamp.time)
            }
            return (debt.pending.count, debt.oldest?.time)
        }
    }

    /// Whether the destination is still owed that row, or has asked for it again. Cheap.
    public func isPending(row: Int64, destination: String) -> Bool {
        state.withLock { state in
            state.debts.first { $0.destination.id == destination }?.wants(row) ?? false
        }
    }

    /// The journal's figures.
    public var snapshot: JournalSnapshot {
        state.withLock { state in
            var snapshot = state.snapshot
            snapshot.waiting = state.waiting.count + state.committing.count
            snapshot.stored = state.stored.count
            snapshot.committedThrough = state.committedThrough
            snapshot.isStalled = state.retryAt != nil
            return snapshot
        }
    }

    /// Commits what waits, marks the epoch as closed in order and joins the thread. Blocks for one commit. Entries
    /// appended afterwards are never committed.
    public func close() {
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread else { return }
        state.withLock { $0.closing = true }
        wake.raise()
        thread.join()
        lock.withLock { $0 = nil }
    }
}

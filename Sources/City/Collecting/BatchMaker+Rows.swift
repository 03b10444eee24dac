import Contract
import Domain
import MQTT
import Store

extension BatchMaker {
    func add(_ message: Message, to batch: inout EntryBatch, now: Instant) {
        switch message.content {
        case .entries(let entries):
            for entry in entries where !add(entry, to: &batch) {
                setAside(message.received, "names that the database does not take", in: &batch)
                break
            }
        case .status(let status): add(status, message.received, to: &batch, now: now)
        case .meta(let place, _):
            if let device = device(place) {
                batch.metas[device] = String(decoding: message.received.payload, as: UTF8.self)
            }
        case .metaEmptied(let place):
            if let device = device(place) { batch.metas[device] = .some(nil) }
        case .figure, .nothing: break
        case .alien(let reason): setAside(message.received, reason, in: &batch)
        }
    }

    func setAside(_ message: MQTTReceived, _ reason: String, in batch: inout EntryBatch) {
        batch.setAside.append(.init(topic: message.topic, reason: reason, payload: message.payload))
    }

    private func device(_ place: Topic.Place) -> Int32? {
        names.gateway(place.gateway)?.device(.init(site: place.site, name: place.device))?.id
    }

    /// - Returns: whether the names of the entry are known.
    private func add(_ entry: EntryMessage, to batch: inout EntryBatch) -> Bool {
        guard let gateway = names.gateway(entry.gateway), let epoch = gateway.epoch(entry.epoch),
            let seq = Int64(exactly: entry.seq), seq > 0, seq < .max
        else { return false }
        var line = EntryBatch.Line(
            gateway: gateway.id,
            epoch: epoch,
            seq: seq,
            time: entry.time,
            table: .reading,
            row: 0..<0
        )
        switch entry.content {
        case .reading(let site, let device, let reading):
            guard let device = gateway.device(.init(site: site, name: device)), let form = form(of: reading, device)
            else { return false }
            add(reading, entry, form, device.id, &line, to: &batch)
        case .event(let event):
            let device = event.site.flatMap { site in
                event.device.flatMap { gateway.device(.init(site: site, name: $0)) }
            }
            add(event, entry, device?.id, &line, to: &batch)
            if let effect = effect(of: event, entry, gateway) { batch.effects.append((batch.lines.count, effect)) }
        }
        batch.lines.append(line)
        return true
    }

    private func add(
        _ reading: StoredReading,
        _ entry: EntryMessage,
        _ form: NameBook.Form,
        _ device: Int32,
        _ line: inout EntryBatch.Line,
        to batch: inout EntryBatch
    ) {
        func values(_ text: inout CopyText) {
            RowText.append(reading, in: form, to: &text) { names.reason($0) }
        }
        guard entry.clock == .unsynchronised else {
            let start = batch.readings.count
            begin(line, in: &batch.readings)
            batch.readings.integer(Int64(device))
            batch.readings.tab()
            batch.readings.integer(Int64(form.id))
            batch.readings.tab()
            batch.readings.instant(entry.time)
            batch.readings.tab()
            values(&batch.readings)
            batch.readings.endRow()
            line.row = start..<batch.readings.count
            return
        }
        line.table = .unsynchronised
        let start = batch.unsynchronised.count
        begin(line, in: &batch.unsynchronised)
        begin(entry, device: device, in: &batch.unsynchronised)
        batch.unsynchronised.integer(Int64(form.id))
        batch.unsynchronised.tab()
        values(&batch.unsynchronised)
        batch.unsynchronised.raw("\t\\N\t\\N\t\\N\t\\N")
        batch.unsynchronised.endRow()
        line.row = start..<batch.unsynchronised.count
    }

    private func add(
        _ event: StoredEvent,
        _ entry: EntryMessage,
        _ device: Int32?,
        _ line: inout EntryBatch.Line,
        to batch: inout EntryBatch
    ) {
        let facts = EventFacts(event)
        func values(_ text: inout CopyText) {
            text.text(event.name.rawValue)
            text.tab()
            text.text(event.severity.rawValue)
            text.tab()
            text.text(facts.eventID)
            text.tab()
            RowText.append(facts.body, to: &text)
            text.endRow()
        }
        guard entry.clock == .unsynchronised else {
            line.table = .event
            let start = batch.events.count
            begin(line, in: &batch.events)
            if let device { batch.events.integer(Int64(device)) } else { batch.events.null() }
            batch.events.tab()
            batch.events.instant(entry.time)
            batch.events.tab()
            values(&batch.events)
            line.row = start..<batch.events.count
            return
        }
        line.table = .unsynchronised
        let start = batch.unsynchronised.count
        begin(line, in: &batch.unsynchronised)
        begin(entry, device: device, in: &batch.unsynchronised)
        batch.unsynchronised.raw("\\N\t\\N\t\\N\t\\N\t")
        values(&batch.unsynchronised)
        line.row = start..<batch.unsynchronised.count
    }

    private func begin(_ line: EntryBatch.Line, in text: inout CopyText) {
        text.integer(Int64(line.epoch))
        text.tab()
        text.integer(line.seq)
        text.tab()
    }

    private func begin(_ entry: EntryMessage, device: Int32?, in text: inout CopyText) {
        text.text(entry.boot ?? "")
        text.tab()
        text.integer(Int64(entry.uptimeMilliseconds ?? 0))
        text.tab()
        text.instant(entry.time)
        text.tab()
        if let device { text.integer(Int64(device)) } else { text.null() }
        text.tab()
    }

    private func effect(
        of event: StoredEvent,
        _ entry: EntryMessage,
        _ gateway: NameBook.Gateway
    ) -> EntryBatch.Effect? {
        let facts = EventFacts(event)
        switch facts.kind {
        case .start:
            let previous = facts.previous.flatMap { previous in
                gateway.epoch(previous.epoch).map {
                    EntryBatch.Effect.Previous(
                        epoch: $0,
                        committedThrough: previous.committedThrough,
                        isClean: previous.isClean
                    )
                }
            }
            guard let epoch = gateway.epoch(entry.epoch) else { return nil }
            let at = entry.clock == .synchronised ? entry.time : nil
            return .started(epoch: epoch, at: at, previous: previous)
        case .clockSet(let boot, let began):
            return .clockSet(gateway: gateway.id, boot: boot, beganMilliseconds: began)
        case .lost(let lost):
            guard lost.destinations.isEmpty || lost.destinations.contains(destination),
                let epoch = gateway.epoch(lost.epoch)
            else { return nil }
            return .gap(
                epoch: epoch,
                first: lost.first,
                last: lost.last,
                count: lost.count,
                reason: lost.reason,
                at: entry.time
            )
        case .other: return nil
        }
    }

    /// When a status was made: its broker may have kept it for long. Where it does not say, or its clock is not set, a
    /// retained one counts as old as its gateway's start, and any other as new.
    private static func moment(of status: GatewayStatus, _ received: MQTTReceived, now: Instant) -> Instant {
        if let details = status.details, details.clock == .synchronised, let time = details.time {
            return min(time, now)
        }
        return received.retained ? status.since : now
    }

    private func add(
        _ status: GatewayStatus,
        _ received: MQTTReceived,
        to batch: inout EntryBatch,
        now: Instant
    ) {
        guard let gateway = names.gateway(status.gateway) else { return }
        var state = EntryBatch.State(
            at: Self.moment(of: status, received, now: now),
            state: status.state,
            body: String(decoding: received.payload, as: UTF8.self)
        )
        state.epoch = gateway.epoch(status.epoch)
        state.lastSeq = status.details?.lastSeq.flatMap { Int64(exactly: $0) }
        let owed = status.details?.destinations.first { $0.id == destination }
        state.pending = owed.map { Int64($0.pending) }
        state.oldestPending = owed?.oldestPending
        batch.states[gateway.id] = state
    }
}

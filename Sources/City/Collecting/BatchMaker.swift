import Contract
import Domain
import MQTT
import Store

/// Makes a batch for the database from messages.
struct BatchMaker {
    struct Message {
        var received: MQTTReceived
        var content: DecodedMessage
    }

    let prefix: String
    /// What the gateways call this broker in their events.
    let destination: String
    let names: NameBook

    /// Decodes the messages, learns their names, and makes the rows.
    ///
    /// - Parameter now: when the states came.
    func make(_ received: [MQTTReceived], now: Instant, in database: Postgres) throws(StoreError) -> EntryBatch {
        let messages = received.map {
            Message(
                received: $0,
                content: DecodedMessage(topic: $0.topic, payload: $0.payload, prefix: prefix)
            )
        }
        let unknown = unknownNames(of: messages)
        if !unknown.isEmpty { try names.learn(unknown, in: database) }
        var batch = EntryBatch()
        for message in messages { add(message, to: &batch, now: now) }
        let figures = messages.compactMap { message in
            if case .figure(let figure) = message.content { (figure, message.received.payload) } else { nil }
        }
        if !figures.isEmpty { try PartIntake(names: names, database).add(figures, to: &batch, now: now) }
        return batch
    }

    /// Makes the batch that sets a message aside. Entries of it that have an identity count as reported: they came, and
    /// asking for them again would bring the same.
    func setAside(_ received: MQTTReceived, _ reason: String, now: Instant) -> EntryBatch {
        var batch = EntryBatch()
        setAside(received, reason, in: &batch)
        let content = DecodedMessage(topic: received.topic, payload: received.payload, prefix: prefix)
        guard case .entries(let entries) = content else { return batch }
        for entry in entries {
            guard let epoch = names.gateway(entry.gateway)?.epoch(entry.epoch), let seq = Int64(exactly: entry.seq)
            else { continue }
            let gap = EntryBatch.Effect.gap(
                epoch: epoch,
                first: seq,
                last: seq,
                count: 1,
                reason: "set_aside",
                at: now
            )
            batch.effects.append((nil, gap))
        }
        return batch
    }

    // MARK: Names

    private func unknownNames(of messages: [Message]) -> NameBook.Unknown {
        var unknown = NameBook.Unknown()
        for message in messages {
            switch message.content {
            case .entries(let entries): for entry in entries { note(entry, in: &unknown) }
            case .status(let status): noteEpoch(status.epoch, of: status.gateway, in: &unknown)
            case .meta(let place, _), .metaEmptied(let place):
                noteDevice(.init(site: place.site, name: place.device), of: place.gateway, in: &unknown)
            case .figure(let figure):
                // It names no epoch; those that its gateway's entries have named stay.
                if names.gateway(figure.gateway) == nil { unknown.epochs[figure.gateway, default: []].formUnion([]) }
            case .nothing, .alien: break
            }
        }
        return unknown
    }

    private func note(_ entry: EntryMessage, in unknown: inout NameBook.Unknown) {
        noteEpoch(entry.epoch, of: entry.gateway, in: &unknown)
        switch entry.content {
        case .reading(let site, let device, let reading):
            let key = NameBook.DeviceKey(site: site, name: device)
            if form(of: reading, names.gateway(entry.gateway)?.device(key)) == nil {
                unknown.forms.append((entry.gateway, key, FormColumns.form(of: reading)))
            }
            for point in reading.points {
                if let reason = RowText.reason(of: point), names.reason(reason) == nil {
                    unknown.reasons.insert(reason)
                }
            }
        case .event(let event):
            if let site = event.site, let device = event.device {
                noteDevice(.init(site: site, name: device), of: entry.gateway, in: &unknown)
            }
            let facts = EventFacts(event)
            for epoch in [facts.previous?.epoch, facts.lostEpoch].compactMap({ $0 }) {
                noteEpoch(epoch, of: entry.gateway, in: &unknown)
            }
        }
    }

    private func noteEpoch(_ epoch: String, of gateway: String, in unknown: inout NameBook.Unknown) {
        if names.gateway(gateway)?.epoch(epoch) == nil { unknown.epochs[gateway, default: []].insert(epoch) }
    }

    private func noteDevice(_ key: NameBook.DeviceKey, of gateway: String, in unknown: inout NameBook.Unknown) {
        if names.gateway(gateway)?.device(key) == nil { unknown.devices[gateway, default: []].insert(key) }
    }

    func form(of reading: StoredReading, _ device: NameBook.Device?) -> NameBook.Form? {
        device?.forms.last { FormColumns.fits($0, reading) }
    }
}

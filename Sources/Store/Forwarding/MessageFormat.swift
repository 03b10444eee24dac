import Contract
import Domain
import JSON
import Journal
import MQTT

/// Entries as messages of the contract: the envelope around the members that the journal holds.
struct MessageFormat: Sendable {
    let topics: Topics
    let time: any TimeSource

    func encode(_ entry: JournalEntry, lane: Lane) -> MQTTMessage {
        var json = JSONText(reserving: entry.bodyCount + 320)
        json.raw(#"{"v":1,"id":""#)
        json.raw(entry.gateway)
        json.raw(".")
        json.raw(entry.epoch)
        json.raw(".")
        json.integer(entry.seq)
        json.raw(#"","gateway":""#)
        json.raw(entry.gateway)
        json.raw(#"","epoch":""#)
        json.raw(entry.epoch)
        json.raw(#"","seq":"#)
        json.integer(entry.seq)
        // An event's body names its device and site itself.
        if entry.kind == .reading {
            json.raw(#","site":"#)
            json.string(entry.site ?? "")
            json.raw(#","device":"#)
            json.string(entry.device ?? "")
        }
        let stamp = corrected(entry.stamp)
        json.raw(#","time":"#)
        json.instant(stamp.time)
        json.raw(#","clock":""#)
        json.raw(stamp.clock.rawValue)
        json.raw("\"")
        if stamp.clock == .unsynchronised {
            json.raw(#","boot":""#)
            json.raw(stamp.boot)
            json.raw(#"","uptime_ms":"#)
            json.integer(stamp.uptime.milliseconds)
        }
        if lane == .backfill { json.raw(#","historical":true"#) }
        json.raw(",")
        entry.writeBody(to: &json)
        json.raw("}")
        return MQTTMessage(
            topic: topics.topic(of: entry, lane: lane),
            payload: json.bytes,
            retained: lane == .live && entry.kind == .reading,
            token: UInt64(entry.row)
        )
    }

    /// A reading that came before the clock did takes its right time once the clock is there, if it is of this boot.
    private func corrected(_ stamp: Stamp) -> Stamp {
        guard stamp.clock == .unsynchronised else { return stamp }
        let now = time.stamp(at: stamp.uptime)
        return now.clock == .synchronised && now.boot == stamp.boot ? now : stamp
    }
}

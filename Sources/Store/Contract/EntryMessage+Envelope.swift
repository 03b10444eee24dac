public import Domain
public import JSON

extension EntryMessage {
    /// Writes the envelope around the body that the journal holds.
    ///
    /// - Parameter stamp: the entry's stamp, or its right time where that became known later.
    public static func encode(_ entry: JournalEntry, stamp: Stamp, lane: Lane) -> [UInt8] {
        var json = JSONText(reserving: mostBytes(of: entry))
        write(entry, stamp: stamp, lane: lane, to: &json)
        return json.bytes
    }

    /// About the longest payload of the entry, in bytes: only long names in its envelope come to more.
    public static func mostBytes(of entry: JournalEntry) -> Int { entry.bodyCount + 320 }

    /// Appends the same bytes to a text.
    public static func write(_ entry: JournalEntry, stamp: Stamp, lane: Lane, to json: inout JSONText) {
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
        // An event's body itself names its device and site.
        if entry.kind == .reading {
            json.raw(#","site":"#)
            json.string(entry.site ?? "")
            json.raw(#","device":"#)
            json.string(entry.device ?? "")
        }
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
    }
}

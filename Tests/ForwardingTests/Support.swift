import Contract
import Domain
import Journal

/// A wall clock for which the test decides whether the kernel confirms it.
struct StandingClock: TimeSource {
    var now = Uptime(nanoseconds: 100_000_000_000)
    var clock = ClockState.synchronised
    var boot = "b00t"

    func uptime() -> Uptime { now }

    func stamp(at uptime: Uptime) -> Stamp {
        Stamp(
            time: Instant(millisecondsSince1970: 1_795_252_589_944 + uptime.milliseconds),
            clock: clock,
            boot: boot,
            uptime: uptime
        )
    }
}

func at(_ seconds: Double) -> Uptime { Uptime(nanoseconds: 100_000_000_000 + Int64((seconds * 1e9).rounded())) }

/// An entry that arrived at that moment.
func entry(_ row: Int64, arrived: Uptime = at(0), kind: JournalEntry.Kind = .reading) -> JournalEntry {
    JournalEntry(
        row: row,
        gateway: "kdr-soyo-01",
        epoch: "7-3f2a9c1d",
        seq: UInt64(row) + 1_000,
        kind: kind,
        site: "sumber-soyo",
        device: "flow-soyo",
        stamp: StandingClock().stamp(at: arrived),
        content: Array(#""points":{"discharge":{"value":12.53,"unit":"L/s"}}"#.utf8)
    )
}

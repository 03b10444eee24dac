import Contract
import Domain
import Glibc
import Journal
import Platform

/// Makes readings for ever, and a broker that acknowledges them, live and from the backlog, while it is up.
///
/// Writes a line of text for everything that an outside observer may rely on:
/// - `start EPOCH PREVIOUS COMMITTED CLEAN`, `-` for no epoch before;
/// - `made EPOCH SEQ NANOSECONDS BODY`, once an entry has its identity;
/// - `sent EPOCH SEQ 0 BODY`, before the entry is acknowledged, as the broker has it by then.
struct Load {
    let journal: Journal
    let clock: SystemClock
    /// `up`, `down` or `changing`.
    let broker: String

    func run() -> Never {
        let previous = journal.previous
        print(
            "start",
            journal.epoch,
            previous?.epoch ?? "-",
            previous?.committedThrough ?? 0,
            previous?.clean ?? true
        )
        var generator = SystemRandomNumberGenerator()
        var tick = 0
        while true {
            let data: [(key: String, value: DataValue)] = [("value", .string(String(generator.next())))]
            let entry = journal.append(
                Event(EventName(rawValue: "tick"), severity: .info, stamp: clock.stamp(), data: data)
            )
            tell("made", entry, at: entry.stamp.uptime.nanoseconds)
            let isUp = broker == "up" || broker == "changing" && tick / 60 % 2 == 1
            if isUp {
                take(entry)
                if tick % 20 == 0 { takeBacklog() }
            }
            fflush(nil)
            tick += 1
            usleep(2_500)
        }
    }

    private func takeBacklog() {
        journal.requestPage(destination: "city", after: 0, limit: 100) { page in
            for entry in page { take(entry) }
        }
    }

    private func take(_ entry: JournalEntry) {
        tell("sent", entry, at: 0)
        fflush(nil)
        journal.acknowledge(row: entry.row, destination: "city")
    }

    private func tell(_ word: String, _ entry: JournalEntry, at nanoseconds: Int64) {
        print(word, entry.epoch, entry.seq, nanoseconds, String(decoding: entry.body, as: UTF8.self))
    }
}

import Domain
import Glibc
import Journal
import Platform

/// Appends until it is killed.
///
/// Arguments: the folder, and then
/// - `flush N`: after each N entries it flushes, and writes the epoch and which `seq` is on disk;
/// - `load up|down|changing here|away`: some 400 entries a second, with a broker that is in this same box or not, and up,
///   down, or changing; see `Load`.
@main
enum Victim {
    static func main() throws {
        let words = CommandLine.arguments
        let clock = SystemClock()
        let settings = JournalSettings(
            directory: words[1],
            gateway: "victim",
            limit: 64 << 20,
            destinations: [JournalDestination(id: "city", sameBox: words.last == "here")]
        )
        let journal = try Journal(settings: settings, time: clock) { error in
            print(error)
            exit(1)
        }
        switch words[2] {
        case "flush": flush(journal, clock, each: Int(words[3]) ?? 10)
        default: Load(journal: journal, clock: clock, broker: words[3]).run()
        }
    }

    private static func flush(_ journal: Journal, _ clock: SystemClock, each group: Int) -> Never {
        while true {
            var last: JournalEntry?
            for _ in 0..<group {
                last = journal.append(Event("tick", severity: .info, stamp: clock.stamp()))
            }
            guard journal.flush() else { continue }
            print(journal.epoch, last?.seq ?? 0)
            fflush(nil)
        }
    }
}

import Domain
import Glibc
import Journal
import Platform

/// Appends for ever and writes after each flush which `seq` is on disk, until it is killed.
///
/// Arguments: the folder, and how many entries to append between two flushes.
@main
enum Victim {
    static func main() throws {
        let clock = SystemClock()
        let settings = JournalSettings(
            directory: CommandLine.arguments[1],
            gateway: "victim",
            limit: 64 << 20,
            destinations: [JournalDestination(id: "city")]
        )
        let journal = try Journal(settings: settings, time: clock) { error in
            print(error)
            exit(1)
        }
        let group = Int(CommandLine.arguments[2]) ?? 10
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

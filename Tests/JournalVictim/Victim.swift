import Contract
import Domain
import Glibc
import Journal
import Platform

/// Appends until it is killed.
///
/// Arguments: the folder, and then
/// - `read`: instead, a reader of the journal that is there: writes how many entries it saw, and keeps the file open;
/// - `endure N`: it appends events of 1 kB and flushes, whatever the disk does, and writes whether that is `stored`, is
///   `waiting`, or has `resumed` after waiting;
/// - `flush N`: after each N entries it flushes, and writes the epoch and which `seq` is on disk;
/// - `load up|down|changing here|away`: some 400 entries a second, with a broker that is on this same box or not, and
///   up, down, or changing; see `Load`.
@main
enum Victim {
    static func main() throws {
        let words = CommandLine.arguments
        let clock = SystemClock()
        if words[2] == "read" { try read(words[1]) }
        let settings = JournalSettings(
            directory: words[1],
            gateway: "victim",
            limit: 64 << 20,
            destinations: [JournalDestination(id: "city", sameBox: words.last == "here")]
        )
        let journal = open(settings, clock)
        switch words[2] {
        case "endure": endure(journal, clock, each: Int(words[3]) ?? 10)
        case "flush": flush(journal, clock, each: Int(words[3]) ?? 10)
        default: Load(journal: journal, clock: clock, broker: words[3]).run()
        }
    }

    private static func open(_ settings: JournalSettings, _ clock: SystemClock) -> Journal {
        do {
            return try Journal(settings: settings, time: clock) { error in
                print(error)
                exit(1)
            }
        } catch {
            print(error)
            exit(1)
        }
    }

    private static func read(_ directory: String) throws -> Never {
        do {
            let reader = try JournalReader(directory: directory)
            print("read", try reader.entries(after: 0, limit: .max).count)
            fflush(nil)
            while true { pause() }
        } catch {
            print(error)
            exit(1)
        }
    }

    private static func endure(_ journal: Journal, _ clock: SystemClock, each group: Int) -> Never {
        let data: [(key: String, value: DataValue)] = [("filler", .string(String(repeating: "x", count: 1_000)))]
        var wasStored = true
        while true {
            for _ in 0..<group {
                journal.append(Event(EventName(rawValue: "tick"), severity: .info, stamp: clock.stamp(), data: data))
            }
            let isStored = journal.flush()
            print(!isStored ? "waiting" : wasStored ? "stored" : "resumed", journal.snapshot.stored)
            fflush(nil)
            wasStored = isStored
            usleep(2_000)
        }
    }

    private static func flush(_ journal: Journal, _ clock: SystemClock, each group: Int) -> Never {
        while true {
            var last: JournalEntry?
            for _ in 0..<group {
                last = journal.append(Event(EventName(rawValue: "tick"), severity: .info, stamp: clock.stamp()))
            }
            guard journal.flush() else { continue }
            print(journal.epoch, last?.seq ?? 0)
            fflush(nil)
        }
    }
}

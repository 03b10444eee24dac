import Control
import Domain
import Glibc
import Journal
import Platform

/// The running gateway's answer to the request to save every reading that it has accepted.
enum RunningAnswer: Equatable {
    case saved
    /// It runs, and its disk stores nothing.
    case notSaved
    /// It runs, and did not answer in time; with the reason in words.
    case silent(String)
    /// A gateway of another version runs, which does not know the request.
    case otherVersion
    /// None runs: the journal holds all there is.
    case nobodyRuns

    static let patience = Duration.seconds(10)

    /// Asks and waits. A gateway that starts or ends holds the journal before and after it answers: it is asked again
    /// until it releases the journal.
    static func ask(socket: String, journal: String) -> RunningAnswer {
        let clock = SystemClock(trusted: true)
        let deadline = clock.uptime() + patience
        while true {
            do {
                let client = try ControlClient(path: socket)
                let left = max(.seconds(1), deadline - clock.uptime())
                let line = try client.ask(ControlRequest.saveIndicators, within: left)
                // A gateway of an earlier version answers differently.
                guard let status = try? SaveStatus(json: line) else {
                    return .otherVersion
                }
                return status.saved ? .saved : .notSaved
            } catch {
                if error.code == EACCES || error.code == EPERM { return .silent("\(error)") }
                guard JournalReader.isHeld(directory: journal) else { return .nobodyRuns }
                guard clock.uptime() < deadline else { return .silent("\(error)") }
                usleep(100_000)
            }
        }
    }
}

import Asking
import Commands
import Glibc
import Platform
import Speech

/// The turn of one probe at the brokers of a configuration: two with one client id would end each other's connections,
/// and each would blame the broker.
enum ProbeTurn {
    /// Waits for the turn, and keeps it until this process ends.
    ///
    /// - Parameters:
    ///   - file: the configuration, which every probe of these brokers reads.
    ///   - stop: ends the waiting.
    static func take(_ file: String, stop: StopFlag, time: SystemClock) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        // A file that cannot be opened was not read either: then nobody is asked.
        guard descriptor >= 0 else { return }
        var hasTold = false
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK, !stop.isRaised {
            if !hasTold, let holder = FileHolder.all(of: file).first {
                complain(LendingNotice.probeAtWork, file, "\(holder)")
                hasTold = true
            }
            stop.sleep(.milliseconds(200), time: time)
        }
    }
}

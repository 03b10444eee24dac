import Glibc

/// Notices that the process is asked to end (SIGTERM, SIGINT), for a program whose threads block.
public enum SignalWatch {
    /// Begins to watch, on a thread of its own; call it before other threads run.
    ///
    /// - Parameter asked: called for each such signal.
    public static func begin(_ asked: @escaping @Sendable () -> Void) {
        var wanted = sigset_t()
        sigemptyset(&wanted)
        sigaddset(&wanted, SIGTERM)
        sigaddset(&wanted, SIGINT)
        // Threads that are made later inherit the mask, so no other one is interrupted.
        pthread_sigmask(SIG_BLOCK, &wanted, nil)
        let set = wanted
        do {
            _ = try WorkerThread(name: "signals") {
                var wanted = set
                var signal: Int32 = 0
                while sigwait(&wanted, &signal) == 0 { asked() }
            }
        } catch {
            // Without the thread the signals keep their usual meaning: they end the process.
            pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
        }
    }
}

import Asking
import Glibc
import Platform
import UnixSignals

/// Runs blocking work on its own thread. The first Ctrl-C raises the stop flag, so that the work ends with its summary;
/// a second one ends the program at once.
func untilInterrupted<T: Sendable>(_ stop: StopFlag, _ work: @escaping @Sendable () throws -> T) async throws -> T {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let watching = Task {
        for await _ in signals {
            if stop.isRaised {
                // Nothing of a line that shows progress stays behind.
                if isatty(STDOUT_FILENO) == 1 { _ = write(STDOUT_FILENO, "\r\u{1B}[K", 4) }
                Glibc._exit(130)
            }
            stop.raise()
        }
    }
    defer { watching.cancel() }
    return try await withCheckedThrowingContinuation { continuation in
        do {
            _ = try WorkerThread(name: "probing") { continuation.resume(with: Result { try work() }) }
        } catch {
            continuation.resume(throwing: error)
        }
    }
}

import Glibc
import Platform
import Synchronization

/// Plays a device that sends text by itself: writes the frames in turn to a pty, twenty a second, until `stop`.
public final class TextSender: Sendable {
    private let stopping = Atomic(false)
    private let thread: Mutex<WorkerThread?> = Mutex(nil)

    public init(on line: PseudoTerminal, _ frames: [String]) {
        let master = line.master
        let made = needed(
            try WorkerThread(name: "text") { [self] in
                var number = 0
                while !stopping.load(ordering: .acquiring) {
                    let frame = Array(frames[number % frames.count].utf8)
                    _ = write(master, frame, frame.count)
                    number += 1
                    // The device's own pace, not a test's wait.
                    usleep(50_000)
                }
            }
        )
        thread.withLock { $0 = made }
    }

    public func stop() {
        stopping.store(true, ordering: .releasing)
        thread.withLock { $0.take() }?.join()
    }
}

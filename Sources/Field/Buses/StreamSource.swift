import Domain
import Glibc
import Installation
import Logging
import Modbus
import Platform
import Synchronization

/// A serial line or TCP connection on which a device sends text, on a thread of its own: it listens, asks where the
/// device wants to be asked, and opens the port again when it was lost.
final class StreamSource: FieldSource {
    private let bus: Configuration.Bus
    private let endpoint: StreamEndpoint
    private let devices: [Device]
    private let context: FieldContext
    private let beat: Heartbeat
    private let stopping = Atomic(false)
    private let end = SourceEnd()
    private let shown: Mutex<SourceSnapshot> = Mutex(SourceSnapshot())
    private let thread: Mutex<WorkerThread?> = Mutex(nil)
    /// Wakes the thread, in order to end; nil where the machine has no descriptor for it.
    private let wake: PollFlag?

    init(bus: Configuration.Bus, endpoint: StreamEndpoint, devices: [Device], in context: FieldContext) {
        self.bus = bus
        self.endpoint = endpoint
        self.devices = devices
        self.context = context
        beat = Heartbeat(name: "bus " + bus.id)
        wake = try? PollFlag()  // without it the thread looks each second
    }

    // MARK: FieldSource

    var id: String { bus.id }

    var address: String { endpoint.description }

    var heartbeat: Heartbeat? { beat }

    var snapshot: SourceSnapshot { shown.withLock { $0 } }

    func start() {
        guard !stopping.load(ordering: .sequentiallyConsistent) else { return end.come() }
        do throws(SystemError) {
            try thread.withLock { thread throws(SystemError) in
                guard thread == nil else { return }
                thread = try WorkerThread(name: beat.name) { [self] in serve() }
            }
        } catch {
            let failure = endpoint.failure(.noThread(error.reason))
            shown.withLock { shown in
                shown.error = failure.description
                shown.failure = .stream(failure)
            }
        }
    }

    func requestStop() -> (@Sendable () -> Void)? {
        stopping.store(true, ordering: .sequentiallyConsistent)
        wake?.raise()
        if thread.withLock({ $0 == nil }) { end.come() }
        return nil
    }

    func handOver(to begin: @escaping @Sendable () -> Void) { end.handOver(to: begin) }

    func join(until deadline: Uptime) -> Bool {
        guard end.wait(until: deadline, time: context.time) else { return false }
        thread.withLock { $0.take() }?.join()
        return true
    }

    func reportOverdue(now: Uptime) {
        // Where the machine had no thread for it, this tries again.
        if !stopping.load(ordering: .sequentiallyConsistent), thread.withLock({ $0 == nil }) { start() }
    }

    // MARK: The thread

    private func serve() {
        // One device sends on a line: the configuration has seen to that.
        if let device = devices.lazy.compactMap({ StreamedDevice($0, in: self.context) }).first {
            var line = StreamLine(endpoint: endpoint, device: device, context: context, bus: bus.id)
            while !stopping.load(ordering: .sequentiallyConsistent) {
                Hang.here(beat.name)
                beat.promise(context.time.uptime() + line.longestTurn)
                line.turn(wake: wake)
                shown.withLock { $0 = line.snapshot }
            }
            line.end()
        }
        beat.rest()
        end.come()
    }
}

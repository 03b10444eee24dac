import Contract
import Domain
import Installation
public import Logging
import Platform
public import ServiceLifecycle
import Synchronization
import UnixSignals

/// The running system: built whole from a configuration, supervised, and ended in order.
public final class GatewayDaemon: Service {
    /// Why the daemon ends by itself; the service manager starts it again.
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    private enum Occasion: Sendable {
        case endAsked
        case reloadAsked
        case failed(String)
    }

    private let deployment: Deployment
    private let version: String
    private let log: Logger
    private let reload: @Sendable () -> Deployment?
    private let ending: Ending
    /// Whether a reload was requested and has not begun.
    private let reloadWaits = Atomic(false)

    /// - Parameter reload: reads the configuration again at SIGHUP; nil when it is refused, after reporting why.
    public init(
        deployment: Deployment,
        version: String,
        log: Logger,
        reload: @escaping @Sendable () -> Deployment?
    ) {
        self.deployment = deployment
        self.version = version
        self.log = log
        self.reload = reload
        ending = Ending(log: log)
    }

    /// Runs until a graceful shutdown is requested, or until the journal fails.
    public func run() async throws {
        let (occasions, occasion) = AsyncStream.makeStream(of: Occasion.self)
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let listening = Task {
            // A reload that has not begun yet will read the newest files.
            for await _ in hangups where !reloadWaits.exchange(true, ordering: .relaxed) {
                occasion.yield(.reloadAsked)
            }
        }
        defer { listening.cancel() }
        defer { ending.isOver() }
        try await withGracefulShutdownHandler {
            let (last, failure) = try await supervise(occasions, occasion)
            ServiceManager().stopping()
            await offThePool { [ending] in last.stop(reason: failure ?? "asked", within: ending.left) }
            if let failure { throw Failure(description: failure) }
        } onGracefulShutdown: { [ending] in
            ending.begin()
            occasion.yield(.endAsked)
        }
    }

    /// Starts the system, and reloads it on request, until it must end.
    ///
    /// - Returns: the system to stop, and the reason if it failed.
    private func supervise(
        _ occasions: AsyncStream<Occasion>,
        _ occasion: AsyncStream<Occasion>.Continuation
    ) async throws -> (last: RunningSystem, failure: String?) {
        var system = try await started(deployment, occasion)
        for await next in occasions {
            switch next {
            case .endAsked: return (system, nil)
            case .failed(let reason): return (system, reason)
            case .reloadAsked:
                reloadWaits.store(false, ordering: .relaxed)
                if !ending.isAsked { system = try await reloaded(system, occasion) }
            }
        }
        return (system, nil)
    }

    private func started(
        _ deployment: Deployment,
        _ occasion: AsyncStream<Occasion>.Continuation
    ) async throws -> RunningSystem {
        let made = Mutex<Result<RunningSystem, any Error>?>(nil)
        await offThePool { [version, log] in
            let result = Result {
                let system = try RunningSystem(
                    deployment: deployment,
                    version: version,
                    log: log,
                    onFailure: { occasion.yield(.failed($0)) }
                )
                do { try system.start() } catch {
                    system.stop(reason: "\(error)", closesWhole: true)
                    throw error
                }
                return system
            }
            made.withLock { $0 = result }
        }
        guard let result = made.withLock({ $0 }) else { throw Failure(description: "the system was not built") }
        return try result.get()
    }

    /// The system with the present configuration on disk: only what changed is started anew; nothing changes if it is
    /// refused.
    private func reloaded(
        _ system: RunningSystem,
        _ occasion: AsyncStream<Occasion>.Continuation
    ) async throws -> RunningSystem {
        ServiceManager().reloading()
        defer { ServiceManager().ready() }
        let read = Mutex<Deployment?>(nil)
        await offThePool { [reload] in read.withLock { $0 = reload() } }
        guard let new = read.withLock({ $0 }) else {
            return refused(system, "the new configuration is refused; the running one stays")
        }
        // The C library's zone belongs to the process, and its threads use it.
        guard new.configuration.timezone == system.configuration.timezone else {
            return refused(system, "a new timezone needs a restart (systemctl restart gateway); the running one stays")
        }
        if system.canApply(new.configuration) {
            let failure = Mutex<SystemError?>(nil)
            await offThePool {
                do throws(SystemError) { try system.apply(new) } catch { failure.withLock { $0 = error } }
            }
            if let failure = failure.withLock({ $0 }) { return refused(system, "\(failure); the running one stays") }
            return system
        }
        log.notice("the new configuration changes the gateway itself; starting anew")
        let old = system.deployment
        await offThePool { system.stop(reason: "configuration", closesWhole: true) }
        do {
            return try await started(new, occasion)
        } catch {
            let back = try await started(old, occasion)
            return refused(back, "the new configuration cannot be run: \(error); the one before runs again")
        }
    }

    private func refused(_ system: RunningSystem, _ reason: Logger.Message) -> RunningSystem {
        log.error(reason)
        system.intake.accept(.configurationRefused(reason: "\(reason)", stamp: system.time.stamp()))
        return system
    }

    /// Opening, starting and stopping block: do them on an own thread, not on the pool's.
    private func offThePool(_ work: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            do {
                _ = try WorkerThread(name: "supervising") {
                    work()
                    continuation.resume()
                }
            } catch {
                // A machine without a free thread: it is better to block the pool than to do nothing.
                work()
                continuation.resume()
            }
        }
    }
}

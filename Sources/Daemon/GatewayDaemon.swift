import Configuration
import Domain
public import Logging
import Platform
public import ServiceLifecycle
import Synchronization
import UnixSignals

/// The running system: built whole from a configuration, supervised, and ended in order.
///
/// Threads: the network's event loop, one a serial line, the journal's, the indicators', the control socket's, and housekeeping once a
/// second; a TCP bus or a broker session has one of its own only while it connects or ends.
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

    /// - Parameter reload: reads the configuration again at SIGHUP; nil when it is refused, which it has told.
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
    }

    /// Runs until a graceful shutdown is asked for, or until the journal fails.
    public func run() async throws {
        let (occasions, occasion) = AsyncStream.makeStream(of: Occasion.self)
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let listening = Task {
            for await _ in hangups { occasion.yield(.reloadAsked) }
        }
        defer { listening.cancel() }
        // Nil between a system that has ended and the next, which may not come up.
        var system: RunningSystem? = try await started(deployment, occasion)
        var failure: String?
        await withGracefulShutdownHandler {
            for await next in occasions {
                switch next {
                case .endAsked: return
                case .failed(let reason):
                    failure = reason
                    return
                case .reloadAsked:
                    guard let running = system else { return }
                    system = nil
                    do {
                        system = try await reloaded(running, occasion)
                    } catch {
                        failure = "the new configuration cannot be run: \(error)"
                        return
                    }
                }
            }
        } onGracefulShutdown: {
            occasion.yield(.endAsked)
        }
        ServiceManager().stopping()
        if let last = system {
            let reason = failure ?? "asked"
            await offThePool { last.stop(reason: reason) }
        }
        if let failure { throw Failure(description: failure) }
    }

    private func started(
        _ deployment: Deployment,
        _ occasion: AsyncStream<Occasion>.Continuation
    ) async throws -> RunningSystem {
        let made = Mutex<Result<RunningSystem, any Error>?>(nil)
        await offThePool { [version, log] in
            let result = Result {
                try RunningSystem(
                    deployment: deployment,
                    version: version,
                    log: log,
                    onFailure: { occasion.yield(.failed($0)) }
                )
            }
            if case .success(let system) = result { system.start() }
            made.withLock { $0 = result }
        }
        guard let result = made.withLock({ $0 }) else { throw Failure(description: "the system was not built") }
        return try result.get()
    }

    /// The system with the configuration as it is now on disk: only what changed starts anew, or nothing when it is refused.
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
        // The C library's zone belongs to the process, and threads are using it.
        guard new.configuration.timezone == system.configuration.timezone else {
            return refused(system, "a new timezone needs a restart (systemctl restart gateway); the running one stays")
        }
        if system.canApply(new.configuration) {
            await offThePool { system.apply(new) }
            return system
        }
        log.notice("the new configuration changes the gateway itself; starting anew")
        await offThePool { system.stop(reason: "configuration") }
        return try await started(new, occasion)
    }

    private func refused(_ system: RunningSystem, _ reason: Logger.Message) -> RunningSystem {
        log.error(reason)
        system.tellConfiguration(.warning, [("accepted", .bool(false)), ("reason", .string("\(reason)"))])
        return system
    }

    /// Opening, starting and stopping block: on a thread of their own, not on the pool's.
    private func offThePool(_ work: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            _ = WorkerThread(name: "supervising") {
                work()
                continuation.resume()
            }
        }
    }
}
